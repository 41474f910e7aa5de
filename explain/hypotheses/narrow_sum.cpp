// SPDX-License-Identifier: MIT
// The exponentials are summed in 16 bits, one after the other.
#include <fmt/format.h>

#include "explain/hypothesis.hpp"

namespace xent::explain::hypothesis_list {
namespace {

std::vector<Variant> variants(const Doubt& doubt) {
  std::vector<Variant> all;
  for (const DType dtype : {DType::bf16, DType::f16}) {
    const Format format = format_of(dtype);
    if (format.digits >= format_of(doubt.problem.logits.dtype).digits &&
        dtype != doubt.problem.logits.dtype)
      continue;
    all.push_back(
        {.sentence = fmt::format("the result of exponentials summed in {}", to_string(dtype)),
         .plant = [format](Formula& f, double) { f.arithmetic.sum = format; }});
  }
  return all;
}

}  // namespace

extern const Hypothesis narrow_sum{
    .name = "narrow_sum",
    .summary = "exponentials summed in bf16 or f16",
    .variants = variants,
    .outliers = 0.2,
};

}  // namespace xent::explain::hypothesis_list
