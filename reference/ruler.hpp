// SPDX-License-Identifier: MIT
// Ruler: the distance of a result from the exact value y, as a certified interval in ulp of y,
//
//   ulp(y) = 2^(max(floor(log2 |y|), emin) - p + 1),
//
// with p and emin those of the element type: constant among the subnormals. Where the enclosure of
// y holds a power of two, the smaller ulp.
#pragma once

#include <optional>

#include <xent/contract.hpp>

#include "reference/category.hpp"
#include "reference/exact.hpp"

namespace xent::reference {

/// The error of one result. Not `decided`: the enclosure was too wide, and what is given is the
/// worse of what it leaves open.
struct Error {
  Category category = nullptr;  // where there is one, it stands instead of lo and hi
  double lo = 0, hi = 0;        // |got - y| is in [lo, hi] ulp
  double ratio = 0;             // |got - y| / bound, rounded up; 0 without a bound or a distance
  bool decided = true;
};

/// The bound in absolute terms, for an exact value of that size.
template <class T, unsigned Digits>
Interval<Digits> absolute_bound(const ErrorBound& bound, const Interval<Digits>& size);

/// ulp(size), a power of two.
template <class T, unsigned Digits>
Interval<Digits> ulp_of(const Interval<Digits>& size);

/// Sets `got` against y; `bound` in absolute terms. Decided are an error known to 2^-10 ulp (above
/// 1 ulp, to a relative 2^-10) that is certainly on one side of 0.5 ulp and of the bound. Where the
/// two terms of a gradient component cancel to less than the bound (without one: an ulp of their
/// size), a wrong sign and a zero are ordinary errors.
template <class T, unsigned Digits>
Error measure(T got, const Exact<Digits>& exact, Quantity quantity,
              const std::optional<Interval<Digits>>& bound = std::nullopt);

}  // namespace xent::reference
