// SPDX-License-Identifier: MIT
// Tests the floating-point environment that all results rest on: rounding is to nearest, subnormal
// numbers are kept, and long double, where it is used, has its 64 bits. The test is arithmetic in
// the thread that asks, since several registers decide and each thread has its own: on x86 one for
// vectors (MXCSR) and one for long double (the x87 control word).
#pragma once

#include <limits>
#include <stdexcept>
#include <type_traits>

namespace xent {

/// Thrown for a problem that breaks a rule of validate(), or an environment in which no result can
/// be computed. The message names the fault and its place.
struct InvalidProblem : std::invalid_argument {
  using std::invalid_argument::invalid_argument;
};

namespace detail {

/// Tells whether sums of T are rounded to nearest. A sum a little above 1 comes out larger only
/// where numbers are rounded up, and one a little below 1 + epsilon smaller only where they are
/// rounded down or towards zero. Both signs are tested.
template <class T>
bool rounds_to_nearest() {
  constexpr T epsilon = std::numeric_limits<T>::epsilon();
  volatile T one = 1;
  volatile T little = epsilon / 4;
  volatile T almost = 3 * (epsilon / 4);
  const volatile T up = one + little;
  const volatile T down = one + almost;
  const volatile T negative_up = -one - almost;
  const volatile T negative_down = -one - little;
  return up == T{1} && down == T{1} + epsilon && negative_up == -(T{1} + epsilon) &&
         negative_down == T{-1};
}

/// Tells whether a subnormal result and a subnormal operand of T are kept.
template <class T>
bool keeps_subnormals() {
  volatile T normal = std::numeric_limits<T>::min();
  volatile T subnormal = std::numeric_limits<T>::denorm_min();
  const volatile T result = normal / 2;
  const volatile T scaled = subnormal * (1 / std::numeric_limits<T>::epsilon());
  return result != 0 && scaled == std::numeric_limits<T>::min();
}

}  // namespace detail

/// Throws InvalidProblem unless this thread rounds float and double to nearest and keeps their
/// subnormal numbers.
inline void validate_environment() {
  if (!detail::rounds_to_nearest<float>() || !detail::rounds_to_nearest<double>())
    throw InvalidProblem("rounding is not to nearest");
  if (!detail::keeps_subnormals<float>() || !detail::keeps_subnormals<double>())
    throw InvalidProblem("subnormal numbers are flushed to zero");
}

/// Throws InvalidProblem unless long double has its 64 significant bits or more in this thread and
/// rounds to nearest. The x87 unit can be set to 53 bits, and valgrind computes with 53.
inline void validate_long_double() {
  volatile long double one = 1;
  volatile long double little = 0x1p-63L;
  const volatile long double sum = one + little;
  if (std::numeric_limits<long double>::digits < 64 || sum == 1)
    throw InvalidProblem("long double has fewer than 64 bits here");
  if (!detail::rounds_to_nearest<long double>())
    throw InvalidProblem("rounding of long double is not to nearest");
}

}  // namespace xent
