// SPDX-License-Identifier: MIT
// The floating-point environment that all results rest on: rounding to nearest, subnormal numbers
// kept, and where long double is used, its 64 bits. It is tested by arithmetic in the thread that
// asks, since each of several registers may be set otherwise: on x86 one for the vectors (MXCSR),
// one for long double (the x87 control word), and each thread has its own.
#pragma once

#include <limits>
#include <stdexcept>
#include <type_traits>

namespace xent {

/// A problem that is not one, or an environment that no result can be computed in; the message
/// names the fault and where it is.
struct InvalidProblem : std::invalid_argument {
  using std::invalid_argument::invalid_argument;
};

namespace detail {

/// Whether sums of T are rounded to nearest. A sum that is a little above 1 comes out larger only
/// where numbers are rounded up, one that is a little below 1 + epsilon smaller only where they are
/// rounded down or towards zero; the same with both signs.
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

/// Whether a subnormal result and a subnormal operand of T are kept.
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
