// SPDX-License-Identifier: MIT
// The logarithm is that to base 2 or 10.
#include <numbers>

#include "explain/hypothesis.hpp"

namespace xent::explain::hypothesis_list {
namespace {

Variant to_base(const char* base, double factor) {
  return {.sentence = std::string("the result with the logarithm to base ") + base +
                      "; the definition has the natural one",
          .plant = [factor](Formula& f, double) { f.factor = f.lse_factor = factor; }};
}

std::vector<Variant> variants(const Doubt&) {
  return {to_base("2", std::numbers::log2e), to_base("10", std::numbers::log10e)};
}

}  // namespace

extern const Hypothesis log_base{
    .name = "log_base",
    .summary = "logarithm to base 2 or 10",
    .variants = variants,
};

}  // namespace xent::explain::hypothesis_list
