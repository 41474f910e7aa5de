// SPDX-License-Identifier: MIT
// The logits are capped softly, c tanh(x / c): without the option, by another c than the option's,
// or not at all where the option asks for it.
#include <fmt/format.h>

#include "explain/hypothesis.hpp"

namespace xent::explain::hypothesis_list {
namespace {

void set_softcap(Formula& formula, double c) { formula.softcap = c; }

std::vector<Variant> variants(const Doubt& doubt) {
  const double option = doubt.problem.options.softcap;
  Variant other = {
      .sentence = "the result of logits capped to {0} tanh(x / {0})",
      .plant = set_softcap,
      .parameter = {
          {.symbol = "c", .least = 0.05, .most = 2000, .neutral = option == 0 ? 1e300 : option}}};
  if (option == 0) {
    other.sentence += "; the problem has no softcap";
    return {other};
  }
  other.sentence += fmt::format("; the option here is {}", option);
  return {{.sentence = "the result without the softcap",
           .plant = [](Formula& formula, double) { set_softcap(formula, 0); }},
          other};
}

}  // namespace

extern const Hypothesis softcap{
    .name = "softcap",
    .summary = "logits capped by c tanh(x / c), by another c, or by none",
    .variants = variants,
    .needs_logits = true,
};

}  // namespace xent::explain::hypothesis_list
