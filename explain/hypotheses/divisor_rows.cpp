// SPDX-License-Identifier: MIT
// The divisor is N, the number of all rows.
#include "explain/formula/scales.hpp"
#include "explain/hypothesis.hpp"

namespace xent::explain::hypothesis_list {
namespace {

std::vector<Variant> variants(const Doubt& doubt) {
  if (divisor_of({}, doubt, Divisor::rows) == divisor_of({}, doubt, Divisor::mean)) return {};
  return {{.sentence = "the sum divided by the number of all rows",
           .plant = [](Formula& f, double) { f.divisor = Divisor::rows; }}};
}

}  // namespace

extern const Hypothesis divisor_rows{
    .name = "divisor_rows",
    .summary = "divided by N",
    .part = Part::reduction,
    .variants = variants,
};

}  // namespace xent::explain::hypothesis_list
