// SPDX-License-Identifier: MIT
// The weights of the rows are left out.
#include "explain/hypothesis.hpp"

namespace xent::explain::hypothesis_list {
namespace {

std::vector<Variant> variants(const Doubt& doubt) {
  if (!doubt.has_row_weight()) return {};
  return {{.sentence = "the result without the row weights",
           .plant = [](Formula& f, double) { f.weighs_rows = false; }}};
}

}  // namespace

extern const Hypothesis row_weights_left_out{
    .name = "row_weights_left_out",
    .summary = "row weights left out",
    .variants = variants,
};

}  // namespace xent::explain::hypothesis_list
