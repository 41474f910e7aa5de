// SPDX-License-Identifier: MIT
// Category: the outcomes that are not a number of ulp.
#pragma once

#include <xent/record.hpp>

#include "reference/exact.hpp"

namespace xent::reference {

/// One of the counters of Categories.
using Category = std::int64_t Categories::*;

/// What a zero of either sign means: a loss is never -0, a gradient may be.
enum class Quantity { loss, gradient };

struct Outcome {
  Category category = nullptr;
  bool decided = true;   // false: the enclosure leaves another outcome open
  bool matches = false;  // NaN or inf, and rightly so: there is no distance to measure
};

/// The outcome of `got` for the exact value y, the policy's NaN and inf included:
///   inf is right where y rounds to it (from the largest number and half an ulp on)
///   a loss of -0 has the wrong sign unless y < 0, and one below 0 where y = 0
///   0 is lost where |y| is at least the smallest normal number
template <class T, unsigned Digits>
Outcome classify(T got, const Exact<Digits>& exact, Quantity quantity);

}  // namespace xent::reference
