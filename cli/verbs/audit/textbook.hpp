// SPDX-License-Identifier: MIT
// The textbook: how far the results of a correct program of the usual formula may be off. The
// formula is log-sum-exp shifted by the maximum (implementation log_sum_exp), in float32, and in
// float64 where the results are; its gradient by softmax or by the exponential of the log-softmax.
#pragma once

#include <cstddef>

#include <xent/any_problem.hpp>
#include <xent/bounds.hpp>
#include <xent/contract.hpp>
#include <xent/element.hpp>

namespace xent::cli {

/// Which relative error of a sum of n terms is meant: n u at worst, which is proved, or 6 sqrt(n)
/// u, which holds with a probability of at least 1 - 2 exp(-18) where roundings are independent and
/// of mean 0 (Higham & Mary, "A new approach to probabilistic rounding error analysis", SIAM J.
/// Sci. Comput. 41, 2019, theorem 2.4).
enum class SumError { statistical, worst_case };

/// What the textbook's error depends on besides the facts of a row.
struct TextbookUse {
  DType loss = DType::f32;  // the types that the results are rounded to
  DType grad = DType::f32;
  DType lse = DType::f32;
  SumError sums = SumError::statistical;
};

/// The element type in which the textbook computes results of that type.
constexpr DType arithmetic_of(DType results) { return loss_dtype_of(results); }

/// The domain of the bounds for results of that type.
const Domain& textbook_domain(DType results);

/// The bounds of the results of a problem, in ulp and u of their types (docs/error_bounds.md, lemma
/// 80): those of log_sum_exp, and besides
///
///   logits that are wider than the arithmetic are rounded to it:  2 max |x_j| Q, in u
///   p_j = exp(x_j - m - log S):                                   (d_j + 3 l) p_j Q more, in u
///   a reduced loss sums N rows, a mean over weights N weights:    N u of each more
///   k lse^2, or 2 k lse, of a z-loss:                             4 u of all terms
///   a temperature, a softcap:                                     as Bounds has it (lemma 84)
///   at worst, lse - x_j with lse = m + log S, or log sum exp(x):  3 (max |x_j| + l) Q more, in u
///   one rounding to the type of the results
Bounds textbook_bounds(const AnyProblem& problem, const TextbookUse& use);

}  // namespace xent::cli
