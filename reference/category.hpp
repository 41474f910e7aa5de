// SPDX-License-Identifier: MIT
// Category: the outcomes that are not a number of ulp.
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

}  // namespace xent::reference
