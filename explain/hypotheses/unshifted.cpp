// SPDX-License-Identifier: MIT
// The exponentials are taken in f32 without the maximum subtracted: they overflow or vanish.
#include "explain/hypothesis.hpp"

namespace xent::explain::hypothesis_list {
namespace {

std::vector<Variant> variants(const Doubt&) {
  return {{.sentence = "the result of f32 without the maximum subtracted",
           .plant = [](Formula& f, double) { f.arithmetic.unshifted = true; }}};
}

}  // namespace

extern const Hypothesis unshifted{
    .name = "unshifted",
    .summary = "f32 without the maximum subtracted",
    .variants = variants,
    .needs_logits = true,
};

}  // namespace xent::explain::hypothesis_list
