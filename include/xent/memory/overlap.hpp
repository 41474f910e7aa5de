// SPDX-License-Identifier: MIT
// Decides, for any strides, whether an element of one view shares memory with an element of
// another, or two elements of one view do.
//
// Elements of A and B share a byte where an equation has a solution in integers:
//
//   sum_k a_k x_k = b,   0 <= x_k <= u_k
//
// The a_k are the steps of both views, those of B counted from its end, and b is the distance from
// the first byte of A to the last of B. The search takes the largest a_k first. The rest of b must
// lie between 0 and the sum of the smaller a_k u_k, and be a multiple of their greatest common
// divisor. In an array whose axes nest (each step is at least the extent of the smaller ones, as in
// every slice, transposition and reversal of an array without gaps) that leaves at most two values
// of x_k, so the search ends in a few steps. Equal steps of two views of one array count as one.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <numeric>

#include <xent/memory/footprint.hpp>

namespace xent::detail {

/// The equation, of up to `most_terms` unknowns, and the search for a solution.
template <std::size_t most_terms>
class StrideEquation {
 public:
  /// Adds an unknown with a >= 0 and u >= 0.
  void add(std::ptrdiff_t a, std::ptrdiff_t u) {
    if (a == 0 || u == 0) return;
    std::size_t place = 0;
    while (place < count_ && terms_[place].a > a) ++place;
    if (place < count_ && terms_[place].a == a) return void(terms_[place].u += u);
    for (std::size_t k = count_++; k > place; --k) terms_[k] = terms_[k - 1];
    terms_[place] = {.a = a, .u = u};
  }

  /// Tells whether there is a solution. A search of more than `most` steps is given up, and the
  /// answer is true; the strides of an array without gaps, and of views of one, need far fewer.
  bool is_soluble(std::ptrdiff_t b, std::ptrdiff_t most) {
    std::ptrdiff_t divisor = 0;
    std::ptrdiff_t reach = 0;
    for (std::size_t k = count_; k-- > 0;) {
      terms_[k].divisor = divisor = std::gcd(divisor, terms_[k].a);
      terms_[k].reach = reach += terms_[k].a * terms_[k].u;
    }
    steps_left_ = most;
    return is_soluble_from(0, b);
  }

 private:
  struct Term {
    std::ptrdiff_t a = 0, u = 0;
    std::ptrdiff_t divisor = 0;  // the greatest common divisor of this a and the smaller ones
    std::ptrdiff_t reach = 0;    // the sum of a u over this term and the smaller ones
  };

  bool is_soluble_from(std::size_t k, std::ptrdiff_t b) {
    if (k == count_) return b == 0;
    const auto& [a, u, divisor, reach] = terms_[k];
    if (b < 0 || b > reach || b % divisor != 0) return false;
    const std::ptrdiff_t beyond = reach - a * u;  // the largest sum of the smaller terms
    const std::ptrdiff_t least = b > beyond ? (b - beyond + a - 1) / a : 0;
    for (std::ptrdiff_t x = std::min(u, b / a); x >= least; --x) {
      if (steps_left_-- <= 0) return true;
      if (is_soluble_from(k + 1, b - a * x)) return true;
    }
    return false;
  }

  std::array<Term, most_terms> terms_ = {};  // the largest a first
  std::size_t count_ = 0;
  std::ptrdiff_t steps_left_ = 0;
};

/// The most steps of a search: they take a hundredth of a second at most.
inline constexpr std::ptrdiff_t most_steps = 1'000'000;

/// Tells whether an element of the one shares a byte with an element of the other.
template <std::size_t most>
bool overlap(const FootprintIn<most>& a, const FootprintIn<most>& b) {
  if (a.first > b.first) return overlap(b, a);
  if (b.first - a.first > static_cast<std::uintptr_t>(a.extent())) return false;
  StrideEquation<2 * most + 1> equation;
  equation.add(1, a.size - 1 + b.size - 1);
  for (const FootprintIn<most>* one : {&a, &b})
    for (const auto& axis : one->axes) equation.add(axis.step, axis.last);
  return equation.is_soluble(static_cast<std::ptrdiff_t>(b.first - a.first) + b.extent(),
                             most_steps);
}

/// Tells whether two elements have the same address. Two whose indices differ by d_k have where
/// sum_k step_k d_k = 0; the first d_k that is not 0 may be taken positive.
template <std::size_t most>
bool overlaps_itself(const FootprintIn<most>& one) {
  for (std::size_t first = 0; first < one.axes.size(); ++first) {
    const auto [step, last] = one.axes[first];
    if (last == 0) continue;
    if (step == 0) return true;
    StrideEquation<most> equation;
    equation.add(step, last - 1);
    std::ptrdiff_t b = -step;
    for (std::size_t k = first + 1; k < one.axes.size(); ++k) {
      equation.add(one.axes[k].step, 2 * one.axes[k].last);
      b += one.axes[k].step * one.axes[k].last;
    }
    if (equation.is_soluble(b, most_steps)) return true;
  }
  return false;
}

}  // namespace xent::detail
