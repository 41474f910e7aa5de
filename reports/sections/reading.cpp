// SPDX-License-Identifier: MIT
// How to read: the terms of the report, a sentence or two each.
#include "reports/sections.hpp"

namespace xent::reports::sections {

Section reading(const Results&) {
  Section section{"reading", "How to read this", "The terms, in the order in which they matter."};
  section.blocks.emplace_back(Facts{
      "",
      {{"ulp",
        "The distance between neighbouring numbers of the element type at the exact value; a "
        "correctly rounded result errs by at most 0.5 ulp."},
       {"ulp of the terms",
        "The same distance at the sum of the magnitudes of the terms of the exact value that may "
        "cancel: the two of a gradient component and all of a loss of soft targets. Contracts "
        "count in it; where nothing can cancel it is the ulp."},
       {"contract",
        "The error bound that an implementation states and proves for each row; error / contract "
        "above 1 breaks it."},
       {"promise",
        "The guarantee tier: stable bounds the absolute error, accurate promises at most 3 ulp for "
        "a loss and 5 ulp for a gradient, faithful less than 1 ulp, correctly rounded the nearest "
        "number. Against soft targets these are ulp of the terms."},
       {"backward error",
        "The error beside what a change of every logit by a relative u would do to the exact value "
        "(u the unit roundoff), itself included; near 1, the inputs allow no better."},
       {"roof",
        "The shortest time in which kernels of the same run read the logits (and dense targets) "
        "once and do nothing else; of a gradient, that and the shortest time in which they write "
        "it once. Above 1 × is what an implementation takes longer."},
       {"tie",
        "Times whose order the samples do not tell: the median of the ratios of samples of the "
        "same round is within 1 % of 1, or its interval (95 %, sign test) reaches there."},
       {"unreliable",
        "Measured up to three times and still below the roof of its own run, preempted by other "
        "processes in most samples, or with a median far above the minimum; no winner is named "
        "from it."},
       {"residency",
        "The smallest cache of a core that holds logits, targets and gradient; DRAM where none "
        "does. A cache that cores or virtual machines share counts as whole."},
       {"witness",
        "An input that attains the largest error or breaks a law, so that it can be "
        "repeated."},
       {"special values wrong",
        "Results whose error is no number: NaN or inf in the wrong place, a wrong sign, 0 (lost) "
        "where the exact value is an ordinary number, or a number where it is 0."},
       {"undecided",
        "Some exact value stayed too close to a boundary at the last precision of the reference; "
        "the check did not pass."},
       {"mistrusted", "The check ran, but too few cases reached it to prove much."},
       {"not claimed",
        "The implementation does not promise this law, for the reason given; it was not run."}}});
  return section;
}

}  // namespace xent::reports::sections
