// SPDX-License-Identifier: MIT
// Category: the outcomes that are not a number of ulp, and the one rule for signs and zeros.
//
//   A sign that is wrong and a number that is lost to zero are facts about the result and the exact
//   value y, whatever unit the error is measured in: they are always counted, and are never
//   correctly rounded. A contract from the tier `accurate` on is broken by each, unless the terms
//   of y cancel and the contract's bound is no less than |y|: no bound that is proved for sums that
//   cancel can promise more. A loss or a component whose terms are of one sign has no such excuse,
//   nor has any without a contract.
#pragma once

#include <xent/element.hpp>
#include <xent/record.hpp>

#include "reference/exact.hpp"

namespace xent::reference {

/// One of the counters of Categories.
using Category = std::int64_t Categories::*;

/// What a sign means: a loss is never -0 and below 0 only where the exact one is; a gradient may be
/// either.
enum class Quantity { loss, gradient };

struct Outcome {
  Category category = nullptr;
  bool decided = true;   // false: the enclosure leaves another outcome open
  bool matches = false;  // NaN or inf, and rightly so: there is no distance to measure
};

/// The outcome of `got`, a number of `format`, for the exact value y, the policy's NaN and inf
/// included:
///   inf is right where y rounds to it (from the largest number and half an ulp on)
///   0 is lost where |y| is at least the smallest normal number
///   a loss of -0 is else a wrong zero unless y < 0, and one below 0 is negative unless y < 0
///   a number is not zero where y = 0
template <class N>
Outcome classify(double got, const Exact<N>& exact, Quantity quantity, Format format);

/// Whether a contract with that bound allows the category: one of signs or zeros where y cancels
/// (|y| is less than the sum of the magnitudes of what is added) and |y| is at most the bound.
/// Whether the error is within the bound is another question.
template <class N>
bool allows(Category category, const Exact<N>& exact, const N& bound);

}  // namespace xent::reference
