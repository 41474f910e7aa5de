// SPDX-License-Identifier: MIT
// Loss and gradient are multiplied by a constant.
#include "explain/hypothesis.hpp"

namespace xent::explain::hypothesis_list {
namespace {

std::vector<Variant> variants(const Doubt&) {
  return {
      {.sentence = "the result times {}",
       .plant = [](Formula& f, double k) { f.factor = k; },
       .parameter = {{.symbol = "k", .least = -1e9, .most = 1e9, .linear = true, .neutral = 1}}}};
}

}  // namespace

extern const Hypothesis constant_factor{
    .name = "constant_factor",
    .summary = "loss and gradient times a constant",
    .variants = variants,
};

}  // namespace xent::explain::hypothesis_list
