// SPDX-License-Identifier: MIT
// The probabilities are rounded to 16 bits before their logarithm is taken.
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
        {.sentence = fmt::format("the result with the softmax rounded to {}", to_string(dtype)),
         .plant = [format](Formula& f, double) { f.arithmetic.softmax = format; }});
  }
  return all;
}

}  // namespace

extern const Hypothesis narrow_softmax{
    .name = "narrow_softmax",
    .summary = "softmax rounded to bf16 or f16",
    .variants = variants,
    .outliers = 0.02,
};

}  // namespace xent::explain::hypothesis_list
