// SPDX-License-Identifier: MIT
// A Category is an outcome that is not a number of ulp. The rule for signs and zeros is this. A
// sign that is wrong and a number that is lost to zero are facts about the result and the exact
// value y, whatever unit the error is measured in: they are always counted, and are never correctly
// rounded. Each breaks a contract from the tier `accurate` on, unless the terms of y cancel and the
// contract's bound is at least |y|: no bound that is proved for sums that cancel can promise more.
// There is no such excuse for a loss or a component whose terms are of one sign, nor where there is
// no contract.
#pragma once

#include <xent/element.hpp>
#include <xent/records/results.hpp>

#include "reference/exact.hpp"

namespace xent::reference {

/// One of the counters of Categories.
using Category = std::int64_t Categories::*;

/// How a sign is judged: a loss is never -0, and below 0 only where the exact loss is; a gradient
/// may be either.
enum class Quantity { loss, gradient };

/// The answer of classify().
struct Outcome {
  Category category = nullptr;  // nullptr: none
  bool decided = true;          // false: the enclosure leaves another outcome open
  bool matches = false;         // NaN or inf, and rightly so: there is no distance to measure
};

/// Returns the outcome of `got`, a number of `format`, NaN or inf, for the exact value y, which may
/// be the policy's NaN or inf. The rules are:
///
///   inf is right where y rounds to it: from the largest number and half an ulp on
///   0 is lost where |y| is at least the smallest normal number
///   a loss of -0 that is not lost is a wrong zero, unless y < 0
///   a loss below 0 is negative, unless y < 0
///   a number but 0 is not zero where y = 0
template <class N>
Outcome classify(double got, const Exact<N>& exact, Quantity quantity, Format format);

/// Tells whether a contract whose bound is `bound` allows the category: it is one of signs or
/// zeros, y cancels (|y| is less than the sum of the magnitudes of its terms), and |y| is at most
/// the bound. It does not tell whether the error is within the bound.
template <class N>
bool allows(Category category, const Exact<N>& exact, const N& bound);

}  // namespace xent::reference
