// SPDX-License-Identifier: MIT
// Comparing number by number.

#include "properties/judging/comparison.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "properties/message.hpp"

namespace xent::properties {
namespace {

template <class T>
bool same_bits(T a, T b) {
  return (std::isnan(a) && std::isnan(b)) || (a == b && std::signbit(a) == std::signbit(b));
}

// What the errors of both k-th numbers may be together.
long double together(const std::vector<long double>& a, const std::vector<long double>& b,
                     std::size_t k) {
  return a.at(k) + b.at(k);
}

// 0, where bits are compared: bounds may not have been computed.
long double none(const std::vector<long double>&, const std::vector<long double>&, std::size_t) {
  return 0;
}

// The first number of e for which equal(e, f, tolerance) is false, and expected(f, tolerance).
template <class T, class Tolerance, class Equal, class Expected>
std::optional<Violation> first_unequal(const Evaluation<T>& e, const Evaluation<T>& f,
                                       Tolerance tolerance_of, Equal equal, Expected expected) {
  for (std::size_t k = 0; k < e.loss.size(); ++k) {
    const bool reduced = e.loss.size() == 1 && e.rows != 1;
    const long double tolerance = tolerance_of(e.loss_bound, f.loss_bound, k);
    if (!equal(e.loss[k], f.loss[k], tolerance))
      return Violation{.row = reduced ? -1 : static_cast<std::ptrdiff_t>(k),
                       .got = show(e.loss[k]),
                       .expected = expected(f.loss[k], tolerance)};
  }
  for (std::size_t k = 0; k < e.grad.size(); ++k) {
    const long double tolerance = tolerance_of(e.grad_bound, f.grad_bound, k);
    if (!equal(e.grad[k], f.grad[k], tolerance))
      return Violation{.row = static_cast<std::ptrdiff_t>(k) / e.classes,
                       .column = static_cast<std::ptrdiff_t>(k) % e.classes,
                       .got = show(e.grad[k]),
                       .expected = expected(f.grad[k], tolerance)};
  }
  return std::nullopt;
}

}  // namespace

template <class T>
bool agree(long double a, long double b, long double tolerance) {
  if (std::isnan(a) || std::isnan(b)) return std::isnan(a) && std::isnan(b);
  const bool a_inf = std::isinf(static_cast<T>(static_cast<double>(a)));
  const bool b_inf = std::isinf(static_cast<T>(static_cast<double>(b)));
  if (a == b || (a_inf && b_inf && std::signbit(a) == std::signbit(b))) return true;
  if (!std::isfinite(tolerance)) return false;
  if (!a_inf && !b_inf) return std::fabs(a - b) <= tolerance;
  constexpr auto largest = static_cast<long double>(std::numeric_limits<T>::max());
  return std::signbit(a) == std::signbit(b) &&
         std::min(std::fabs(a), std::fabs(b)) + tolerance >= largest;
}

template <class T>
std::optional<Violation> differ(const Evaluation<T>& got, const Evaluation<T>& expected) {
  const auto equal = [](auto a, decltype(a) b, long double tolerance) {
    return agree<decltype(a)>(static_cast<long double>(a), static_cast<long double>(b), tolerance);
  };
  const auto text = [](auto b, long double tolerance) { return show_within(b, tolerance); };
  return first_unequal(got, expected, together, equal, text);
}

template <class T>
std::optional<Violation> differ_in_bits(const Evaluation<T>& got, const Evaluation<T>& expected) {
  const auto equal = [](auto a, auto b, long double) { return same_bits(a, b); };
  const auto text = [](auto b, long double) { return show(b) + ", the same bits"; };
  return first_unequal(got, expected, none, equal, text);
}

#define XENT_INSTANTIATE(T)                                                             \
  template bool agree<T>(long double, long double, long double);                        \
  template std::optional<Violation> differ(const Evaluation<T>&, const Evaluation<T>&); \
  template std::optional<Violation> differ_in_bits(const Evaluation<T>&, const Evaluation<T>&);
XENT_EACH_TYPE(XENT_INSTANTIATE)
#undef XENT_INSTANTIATE

}  // namespace xent::properties
