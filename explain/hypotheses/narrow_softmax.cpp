// SPDX-License-Identifier: MIT
// The probabilities are rounded, to 16 bits or to f32, before their logarithm is taken. In f32 that
// shows where they are below the normal numbers.
#include <utility>

#include "explain/narrow_variants.hpp"

namespace xent::explain::hypothesis_list {
namespace {

std::vector<Variant> variants(const Doubt& doubt) {
  // In f32 first: it does what bf16 does where the probability is too small for either.
  std::vector<Variant> all = {
      {.sentence = "the logarithm of a softmax in f32, where small probabilities become 0",
       .plant = [](Formula& f, double) { f.arithmetic.softmax = format_of(DType::f32); }}};
  for (Variant& one : narrow_variants(doubt, "the result with the softmax rounded to {}",
                                      &Arithmetic::softmax, Narrow::or_as_logits))
    all.push_back(std::move(one));
  return all;
}

}  // namespace

extern const Hypothesis narrow_softmax{
    .name = "narrow_softmax",
    .summary = "softmax rounded to bf16, f16 or f32",
    .variants = variants,
    .outliers = 0.02,
    .needs_logits = true,
};

}  // namespace xent::explain::hypothesis_list
