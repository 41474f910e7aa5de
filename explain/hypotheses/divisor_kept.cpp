// SPDX-License-Identifier: MIT
// The divisor is the number of rows that are not ignored.
#include "explain/formula/scales.hpp"
#include "explain/hypothesis.hpp"

namespace xent::explain::hypothesis_list {
namespace {

std::vector<Variant> variants(const Doubt& doubt) {
  const double kept = divisor_of({}, doubt, Divisor::kept);
  if (kept == divisor_of({}, doubt, Divisor::mean)) return {};
  if (kept == divisor_of({}, doubt, Divisor::rows)) return {};  // divisor_rows says it
  return {{.sentence = "the sum divided by the number of rows that are not ignored",
           .plant = [](Formula& f, double) { f.divisor = Divisor::kept; }}};
}

}  // namespace

extern const Hypothesis divisor_kept{
    .name = "divisor_kept",
    .summary = "divided by the rows kept",
    .part = Part::reduction,
    .variants = variants,
};

}  // namespace xent::explain::hypothesis_list
