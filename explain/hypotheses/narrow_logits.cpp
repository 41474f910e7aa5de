// SPDX-License-Identifier: MIT
// The logits are rounded to 16 bits first.
#include <fmt/format.h>

#include "explain/hypothesis.hpp"

namespace xent::explain::hypothesis_list {
namespace {

std::vector<Variant> variants(const Doubt& doubt) {
  std::vector<Variant> all;
  for (const DType dtype : {DType::bf16, DType::f16}) {
    const Format format = format_of(dtype);
    if (format.digits >= format_of(doubt.problem.logits.dtype).digits) continue;
    all.push_back(
        {.sentence = fmt::format("the result of the logits rounded to {}", to_string(dtype)),
         .plant = [format](Formula& f, double) { f.arithmetic.logits = format; }});
  }
  return all;
}

}  // namespace

extern const Hypothesis narrow_logits{
    .name = "narrow_logits",
    .summary = "logits rounded to bf16 or f16",
    .variants = variants,
};

}  // namespace xent::explain::hypothesis_list
