// SPDX-License-Identifier: MIT
// Every exponential but that of the maximum, at a, is subnormal or 0 before it is summed:
//   x_j in [x_a - g - depth - 1, x_a - g - depth],   x_a in [-1, 1],
// with g = 709 in f64, 88 in the types whose arithmetic is f32: exp(-g) is below the smallest
// normal number by more than the rounding of x_j. The depth is at most the scale. In one row of two
// it is such that the others, where C > 8, add up to a little more than that number: the loss of a
// is normal. Deeper, a large weight makes it so: this family is heavy. In one row of four all
// others share one logit, so that their roundings are equal and do not average out.
#include <algorithm>
#include <bit>
#include <cstdint>

#include "cases/family.hpp"

namespace xent::cases {
namespace {

constexpr double gap_of_f64 = 709;
constexpr double gap_of_f32 = 88;

/// The largest depth at which C - 1 others that are up to 1 deeper surely add up to more than the
/// smallest normal number: below log(C - 1) - 2, where that is not negative.
double shallow(std::ptrdiff_t classes) {
  const auto bits = static_cast<int>(std::bit_width(static_cast<std::uint64_t>(classes - 1)));
  return std::max(0.0, 0.69 * (bits - 1) - 2);
}

std::ptrdiff_t fill(double scale, DType dtype, Random& random, std::span<double> logits) {
  const std::ptrdiff_t classes = std::ssize(logits);
  const std::ptrdiff_t ahead = random.below(classes);
  const double top = random.uniform(-1, 1);
  const double gap = dtype == DType::f64 ? gap_of_f64 : gap_of_f32;
  const bool deep = random.one_in(2);
  const double most = deep ? scale : std::min(scale, shallow(classes));
  const double depth = random.uniform(deep ? 0 : std::max(0.0, most - 1), most);
  const double width = random.one_in(4) ? 0 : std::min(1.0, scale - depth);
  for (double& x : logits) x = top - gap - random.uniform(depth, depth + width);
  logits[static_cast<std::size_t>(ahead)] = top;
  return random.one_in(4) ? draw_label(random, logits) : ahead;
}

}  // namespace

const FamilySource deep_tail_family = {
    .family = {.name = "deep_tail",
               .summary =
                   "every exponential but one below the normal numbers, by up to exp(-scale)",
               .magnitude = [](double scale) { return gap_of_f64 + 1 + scale; },
               .typical_scale = 40,
               .heavy = true,
               .wide = 100'000},
    .fill_of_type = fill};

}  // namespace xent::cases
