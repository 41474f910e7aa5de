// SPDX-License-Identifier: MIT
// Ruler: the distance of a result from the exact value y, as a certified interval in ulp of y, and
// in ulp of the terms of y,
//
//   ulp(y) = 2^(max(floor(log2 |y|), emin) - p + 1),
//
// with p and emin those of the result's format: constant among the subnormals. An enclosure that
// holds a power of two leaves two ulp open, and the number is raised; where it only ends at one,
// and the exact value is known not to, it does not hold it.
#pragma once

#include <limits>
#include <optional>

#include <xent/contract.hpp>

#include "reference/category.hpp"
#include "reference/exact.hpp"

namespace xent::reference {

/// The error of one result. Not `decided`: the enclosure was too wide, and what is given is the
/// worse of what it leaves open. All but `lo` are rounded up, but not past 1/2, the limit or the
/// bound where the error is certainly no more. What is not measured is absent: all where `got` is
/// no number or y is none.
struct Error {
  Category category = nullptr;  // where there is one, the error in ulp is no measure of quality
  bool cancelled = false;       // the category breaks no contract (category.hpp)
  bool nearest = false;         // `got` is certainly one of the nearest to y
  bool measured = false;        // got and y are numbers
  double lo = 0, hi = 0;        // |got - y| is in [lo, hi] ulp of y, where it is measured
  double terms = 0;             // |got - y| in ulp of the size of the terms, where it is measured
  std::optional<double> relative = {};  // |got - y| / |y|, where |y| is at least the least normal
  std::optional<double> absolute = {};  // |got - y| / u
  std::optional<double> backward = {};  // |got - y| / (u (|y| + condition)), where there is one
  std::optional<double> ratio = {};     // |got - y| / bound, where there is one
  bool decided = true;
};

/// What a result is set against besides y.
template <class N>
struct Scales {
  Format format = {};
  std::optional<N> bound = {};                             // in absolute terms
  double condition = 0;                                    // sum_k |x_k dy/dx_k|; 0: not asked
  double limit = std::numeric_limits<double>::infinity();  // in ulp
  bool nearest = true;                                     // asked: whether `got` is nearest
};

/// The bound in absolute terms, for that exact value.
template <class N>
N absolute_bound(const ErrorBound& bound, const Exact<N>& exact, Format format);

/// ulp(size) of the exact value: a power of two, or all between two of them.
template <class N>
N ulp_of(const Exact<N>& exact, Format format);

/// Sets `got` against y. Decided are the category, whether `got` is nearest if asked, and an error
/// known to 2^-10 ulp (above 1 ulp, to a relative 2^-10) that is certainly on one side of the
/// limit, of the bound and, if nearest is asked, of 0.5 ulp. Where the exact value is next to
/// overflow, a bound decides between the largest number and inf, which then counts as the power of
/// two above it: a result within the bound has no category.
template <class N>
Error measure(double got, const Exact<N>& exact, Quantity quantity, const Scales<N>& scales);

}  // namespace xent::reference
