// SPDX-License-Identifier: MIT
// The losses of the rows are added in 16 bits, one after the other, or their sum is stored in 16
// bits before it is divided.
#include <fmt/format.h>

#include "explain/hypothesis.hpp"

namespace xent::explain::hypothesis_list {
namespace {

std::vector<Variant> variants(const Doubt& doubt) {
  std::vector<Variant> all;
  if (!doubt.has_loss() || !doubt.reduces_loss()) return all;
  for (const DType dtype : {DType::bf16, DType::f16}) {
    const Format format = format_of(dtype);
    all.push_back({.sentence = fmt::format("the result of losses added in {}", to_string(dtype)),
                   .plant = [format](Formula& f, double) { f.arithmetic.reduction = format; }});
    all.push_back(
        {.sentence = fmt::format("the result of a sum of losses stored in {} before it is divided",
                                 to_string(dtype)),
         .plant = [format](Formula& f, double) { f.arithmetic.total = format; }});
  }
  return all;
}

}  // namespace

extern const Hypothesis narrow_mean{
    .name = "narrow_mean",
    .summary = "losses added in bf16 or f16",
    .part = Part::reduction,
    .variants = variants,
};

}  // namespace xent::explain::hypothesis_list
