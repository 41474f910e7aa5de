// SPDX-License-Identifier: MIT
// Drawing the levels of a problem.
#include "tests/soak/problem.hpp"

#include "properties/drawing/levels.hpp"

namespace xent::soak {
namespace {

using properties::Axis;
using properties::Choice;

/// Wide rows take most of the time: one in sixteen has many classes, as many about a thousand.
std::size_t draw_classes(cases::Random& random) {
  const auto all = properties::levels(Axis::classes).size();
  const std::ptrdiff_t sixteenth = random.below(16);
  if (sixteenth < 2) return all - 1 - static_cast<std::size_t>(sixteenth);
  return static_cast<std::size_t>(random.below(static_cast<std::ptrdiff_t>(all) - 2));
}

}  // namespace

cases::Recipe draw_problem(std::uint64_t seed, std::uint64_t index, const std::string& dtype) {
  cases::Random random(seed, index);
  const bool maps = random.one_in(4);  // the rarest mistakes need logits as they are
  Choice choice = {};
  for (std::size_t a = 0; a < properties::axes; ++a) {
    const Axis axis = properties::all_axes[a];
    const bool is_map = axis == Axis::temperature || axis == Axis::softcap;
    const auto count = std::ssize(properties::levels(axis));
    if (is_map && !maps) continue;
    choice[a] = axis == Axis::classes ? draw_classes(random)
                                      : static_cast<std::size_t>(random.below(count));
  }
  if (const auto named = find_dtype(dtype)) choice[0] = static_cast<std::size_t>(*named);
  return properties::recipe_of(choice, random.next() >> 32U, true);
}

}  // namespace xent::soak
