// SPDX-License-Identifier: MIT
// The ruler measures the distance of a result from the exact value y, as a certified interval in
// ulp of y, and in ulp of the terms of y:
//
//   ulp(y) = 2^(max(floor(log2 |y|), emin) - p + 1)
//
// p and emin are those of the result's format; the ulp of subnormal numbers is constant. An
// enclosure that holds a power of two leaves two ulp open, and a finer number is needed, unless the
// power is an end of it and y is known to be neither end.
#pragma once

#include <limits>
#include <optional>

#include <xent/contract.hpp>

#include "reference/exact.hpp"
#include "reference/judging/category.hpp"

namespace xent::reference {

/// The error of one result `got`. Where it is not `decided`, the enclosure was too wide, and the
/// members have the worst that it leaves open. All but `lo` are rounded up, but not past 1/2, the
/// limit or the bound where the error is certainly at most that. Members that are not measured are
/// absent: all of them where got or y is not a number.
struct Error {
  Category category = nullptr;  // where there is one, the error in ulp is no measure of quality
  bool cancelled = false;       // the category breaks no contract (category.hpp)
  bool nearest = false;         // `got` is certainly a number nearest to y
  bool measured = false;        // got and y are numbers
  double lo = 0, hi = 0;        // |got - y| is in [lo, hi] ulp of y, where it is measured
  double terms = 0;             // |got - y| in ulp of the size of the terms, where it is measured
  std::optional<double> relative = {};  // |got - y| / |y|, where |y| is at least the least normal
  std::optional<double> absolute = {};  // |got - y| / u
  std::optional<double> backward = {};  // |got - y| / (u (|y| + condition)), where there is one
  std::optional<double> ratio = {};     // |got - y| / bound, where there is one
  bool decided = true;
};

/// The scales that an error is measured on besides the ulp.
template <class N>
struct Scales {
  Format format = {};
  std::optional<N> bound = {};                             // in absolute terms
  double condition = 0;                                    // sum_k |x_k dy/dx_k|; 0: not asked
  double limit = std::numeric_limits<double>::infinity();  // in ulp
  bool nearest = true;                                     // asked: whether `got` is nearest
};

/// Returns the bound as an absolute error, for that exact value.
template <class N>
N absolute_bound(const ErrorBound& bound, const Exact<N>& exact, Format format);

/// Returns ulp(size) of the exact value: a power of two, or all reals between two of them.
template <class N>
N ulp_of(const Exact<N>& exact, Format format);

/// Measures `got` against y. The error is decided where the category is, where it is known to 2^-10
/// ulp (above 1 ulp to a relative 2^-10), and where it is certainly on one side of the limit, of
/// the bound and, if scales.nearest, of 0.5 ulp. Where y is next to overflow, inf counts as the
/// power of two above the largest number, and a bound decides: a result within the bound has no
/// category.
template <class N>
Error measure(double got, const Exact<N>& exact, Quantity quantity, const Scales<N>& scales);

}  // namespace xent::reference
