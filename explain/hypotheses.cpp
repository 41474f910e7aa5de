// SPDX-License-Identifier: MIT
// The list: hypotheses.def as a table.
#include <algorithm>

#include "explain/hypothesis.hpp"

namespace xent::explain {

#define XENT_HYPOTHESIS(name) extern const Hypothesis name;
namespace hypothesis_list {
#include "explain/hypotheses.def"
}  // namespace hypothesis_list
#undef XENT_HYPOTHESIS

std::span<const Hypothesis* const> hypotheses() {
#define XENT_HYPOTHESIS(name) &hypothesis_list::name,
  static constexpr const Hypothesis* all[] = {
#include "explain/hypotheses.def"
  };
#undef XENT_HYPOTHESIS
  return all;
}

const Hypothesis* find_hypothesis(std::string_view name) {
  const auto all = hypotheses();
  const auto* const* it = std::find_if(all.data(), all.data() + all.size(),
                                       [&](const Hypothesis* one) { return one->name == name; });
  return it == all.data() + all.size() ? nullptr : *it;
}

}  // namespace xent::explain
