// SPDX-License-Identifier: MIT
// Comparison: whether two evaluations may be of the same exact values.
#pragma once

#include <cmath>
#include <cstddef>
#include <optional>

#include "properties/judging/evaluation.hpp"
#include "properties/law.hpp"

namespace xent::properties {

/// Whether two numbers of type T may stand for the same value when their errors are at most
/// `tolerance` together. NaN agrees with NaN alone; inf with inf, and with what the tolerance lets
/// overflow.
template <class T>
bool agree(long double a, long double b, long double tolerance);

/// Takes component k of `got` for that of `expected`, which was made of a component beyond the
/// range of T, so that nothing is known of it. NaN is not taken: it stays a difference.
template <class T>
void take_unknown(const Evaluation<T>& got, Evaluation<T>& expected, std::size_t k) {
  if (!std::isnan(static_cast<double>(got.grad[k]))) expected.grad[k] = got.grad[k];
}

/// The first number of `got` that differs from its counterpart by more than both contracts allow.
/// The two are of the same shape, and have their bounds.
template <class T>
std::optional<Violation> differ(const Evaluation<T>& got, const Evaluation<T>& expected);

/// The first number of `got` that is not the same bits; NaN is equal to NaN. No bounds are needed.
template <class T>
std::optional<Violation> differ_in_bits(const Evaluation<T>& got, const Evaluation<T>& expected);

}  // namespace xent::properties
