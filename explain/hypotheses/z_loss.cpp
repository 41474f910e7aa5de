// SPDX-License-Identifier: MIT
// The z-loss k lse^2 is added to each row.
#include "explain/hypothesis.hpp"

namespace xent::explain::hypothesis_list {
namespace {

std::vector<Variant> variants(const Doubt&) {
  return {{.sentence = "the result with a z-loss of {} lse^2 added",
           .plant = [](Formula& f, double k) { f.z_loss = k; },
           .parameter = {{.symbol = "k", .least = -10, .most = 10, .linear = true, .neutral = 0}}}};
}

}  // namespace

extern const Hypothesis z_loss{
    .name = "z_loss",
    .summary = "z-loss k lse^2 added",
    .variants = variants,
};

}  // namespace xent::explain::hypothesis_list
