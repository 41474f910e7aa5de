// SPDX-License-Identifier: MIT
// Drawing weights and ignored rows.
#include "cases/options.hpp"

#include <cmath>
#include <limits>

namespace xent::cases {
namespace {

/// Up to 2^largest.
double draw_magnitude(int largest, bool heavy, Random& random) {
  const std::ptrdiff_t eighth = random.below(8);
  if (eighth == 0) return 0;
  if (eighth == 1) return 1;
  if (heavy) return std::ldexp(random.log_uniform(largest), largest);
  if (eighth == 2) return std::ldexp(random.log_uniform(2 * largest), largest);
  return random.uniform(0.5, 1.5);
}

}  // namespace

template <class T>
std::vector<T> draw_weight(std::ptrdiff_t classes, bool heavy, Random& random) {
  const int largest = weight_exponent(dtype_of<T>, heavy);
  const bool with_negative = random.one_in(8);
  std::vector<T> weight;
  for (std::ptrdiff_t j = 0; j < classes; ++j) {
    const double magnitude = draw_magnitude(largest, heavy, random);
    const bool negative = with_negative && random.one_in(4);
    weight.push_back(static_cast<T>(negative ? -magnitude : magnitude));
  }
  return weight;
}

template <class T>
std::vector<T> draw_weight_of_band(Band band, std::ptrdiff_t classes, Random& random) {
  std::vector<T> weight;
  double before = 0;
  for (std::ptrdiff_t j = 0; j < classes; ++j) {
    before = draw_of_band(band, format_of(dtype_of<T>), before, random);
    weight.push_back(static_cast<T>(before));
  }
  return weight;
}

std::int64_t draw_ignored_label(std::ptrdiff_t classes, Random& random) {
  constexpr std::int64_t of_pytorch = -100;
  const std::ptrdiff_t eighth = random.below(8);
  if (eighth < 4) return of_pytorch;
  if (eighth < 5) return classes;
  return random.below(classes);
}

template <class T>
void ignore_some(std::int64_t ignored, Random& random, std::int64_t& label, std::span<T> logits) {
  using Limits = std::numeric_limits<T>;
  if (random.one_in(3)) label = ignored;
  if (label != ignored || random.one_in(2)) return;
  const auto j = static_cast<std::size_t>(random.below(std::ssize(logits)));
  logits[j] = random.one_in(4) ? Limits::infinity() : Limits::quiet_NaN();
}

template <class T>
void make_given(Input input, std::uint64_t seed, std::span<T> logits) {
  if (input == Input::logits || seed % 8 == 0) return;
  for (T& x : logits) {
    const double size = std::fabs(static_cast<double>(x));
    const double given = input == Input::log_probs ? -size : 1 / (1 + size);
    x = static_cast<T>(seed % 8 == 1 ? size : given);
  }
}

#define XENT_INSTANTIATE(T)                                                   \
  template std::vector<T> draw_weight(std::ptrdiff_t, bool, Random&);         \
  template std::vector<T> draw_weight_of_band(Band, std::ptrdiff_t, Random&); \
  template void make_given(Input, std::uint64_t, std::span<T>);               \
  template void ignore_some(std::int64_t, Random&, std::int64_t&, std::span<T>);
XENT_EACH_TYPE(XENT_INSTANTIATE)
#undef XENT_INSTANTIATE

}  // namespace xent::cases
