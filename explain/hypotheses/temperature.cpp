// SPDX-License-Identifier: MIT
// The logits are divided by a temperature T before the softmax: without the option, by another T
// than the option's, or not at all where the option asks for it.
#include <fmt/format.h>

#include "explain/hypothesis.hpp"

namespace xent::explain::hypothesis_list {
namespace {

void set_temperature(Formula& formula, double t) { formula.temperature = t; }

std::vector<Variant> variants(const Doubt& doubt) {
  const double option = doubt.problem.options.temperature;
  Variant other = {
      .sentence = "the result at temperature {}",
      .plant = set_temperature,
      .parameter = {
          {.symbol = "T", .least = 0.02, .most = 50, .neutral = option == 0 ? 1 : option}}};
  if (option == 0) {
    other.sentence += "; the problem has none";
    return {other};
  }
  other.sentence += fmt::format("; the option here is {}", option);
  return {{.sentence = "the result without the temperature",
           .plant = [](Formula& formula, double) { set_temperature(formula, 1); }},
          other};
}

}  // namespace

extern const Hypothesis temperature{
    .name = "temperature",
    .summary = "logits divided by a temperature, by another, or by none",
    .variants = variants,
    .needs_logits = true,
};

}  // namespace xent::explain::hypothesis_list
