// SPDX-License-Identifier: MIT
// Comparison: whether two evaluations may be of the same exact values.
#pragma once

#include <optional>

#include "properties/judging/evaluation.hpp"
#include "properties/law.hpp"

namespace xent::properties {

/// Whether two numbers of type T may stand for the same value when their errors are at most
/// `tolerance` together. NaN agrees with NaN alone; inf with inf, and with what the tolerance lets
/// overflow.
template <class T>
bool agree(long double a, long double b, long double tolerance);

/// The first number of `got` that differs from its counterpart by more than both contracts allow.
/// The two are of the same shape, and have their bounds.
template <class T>
std::optional<Violation> differ(const Evaluation<T>& got, const Evaluation<T>& expected);

/// The first number of `got` that is not the same bits; NaN is equal to NaN. No bounds are needed.
template <class T>
std::optional<Violation> differ_in_bits(const Evaluation<T>& got, const Evaluation<T>& expected);

}  // namespace xent::properties
