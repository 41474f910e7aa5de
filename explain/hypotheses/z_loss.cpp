// SPDX-License-Identifier: MIT
// The z-loss k lse^2 is added to each row: without the option, with another k than the option's, or
// not at all where the option asks for it.
#include <fmt/format.h>

#include "explain/hypothesis.hpp"

namespace xent::explain::hypothesis_list {
namespace {

void set_factor(Formula& formula, double k) { formula.z_loss = k; }

std::vector<Variant> variants(const Doubt& doubt) {
  const double option = doubt.problem.options.z_loss;
  Variant other = {
      .sentence = "the result with a z-loss of {} lse^2 added",
      .plant = set_factor,
      .parameter = {{.symbol = "k", .least = -10, .most = 10, .linear = true, .neutral = option}}};
  if (option == 0) return {other};
  other.sentence += fmt::format("; the option here is {}", option);
  return {{.sentence = "the result without the z-loss",
           .plant = [](Formula& formula, double) { set_factor(formula, 0); }},
          other};
}

}  // namespace

extern const Hypothesis z_loss{
    .name = "z_loss",
    .summary = "z-loss k lse^2 added, with another k, or left out",
    .variants = variants,
    .needs_logits = true,
};

}  // namespace xent::explain::hypothesis_list
