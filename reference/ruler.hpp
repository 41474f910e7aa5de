// SPDX-License-Identifier: MIT
// Ruler: the distance of a result from the exact value y, as a certified interval in ulp of y,
//
//   ulp(y) = 2^(max(floor(log2 |y|), emin) - p + 1),
//
// with p and emin those of the result's format: constant among the subnormals. Where the enclosure
// of y holds a power of two, the smaller ulp.
#pragma once

#include <optional>

#include <xent/contract.hpp>

#include "reference/category.hpp"
#include "reference/exact.hpp"

namespace xent::reference {

/// The error of one result. Not `decided`: the enclosure was too wide, and what is given is the
/// worse of what it leaves open. All but `lo` are rounded up. All are 0 where `got` is no number,
/// or y is none.
struct Error {
  Category category = nullptr;  // where there is one, the rest is no measure of quality
  double lo = 0, hi = 0;        // |got - y| is in [lo, hi] ulp
  double relative = 0;          // |got - y| / |y|, where |y| is at least the smallest normal number
  double absolute = 0;          // |got - y| / u
  double backward = 0;          // |got - y| / (u (|y| + condition)); 0 without a condition
  double ratio = 0;             // |got - y| / bound; 0 without a bound or a distance
  bool decided = true;
};

/// What a result is set against besides y.
template <class N>
struct Scales {
  Format format = {};
  std::optional<N> bound = {};  // in absolute terms
  double condition = 0;         // sum_k |x_k dy/dx_k|; 0: not asked
};

/// The bound in absolute terms, for an exact value of that size.
template <class N>
N absolute_bound(const ErrorBound& bound, const N& size, Format format);

/// ulp(size), a power of two.
template <class N>
N ulp_of(const N& size, Format format);

/// Sets `got` against y. Decided are an error known to 2^-10 ulp (above 1 ulp, to a relative 2^-10)
/// that is certainly on one side of 0.5 ulp and of the bound. Where the terms of y cancel to less
/// than the bound (without one: an ulp of their size), a wrong sign and a zero are ordinary errors.
template <class N>
Error measure(double got, const Exact<N>& exact, Quantity quantity, const Scales<N>& scales);

}  // namespace xent::reference
