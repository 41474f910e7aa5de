// SPDX-License-Identifier: MIT
// A kind of exponential, and what is computed for each kind: the exponentials of a vector in the
// unit of a row (math/exp-inl.hpp for double lanes, math/table_exp-inl.hpp for f32 lanes) and the
// sum of such terms (reduce/term_sum-inl.hpp, reduce/float_sum-inl.hpp). The kinds are in
// math/exp_constants.hpp.

#if defined(XENT_IMPL_SIMD_MATH_EXPONENTIAL_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef XENT_IMPL_SIMD_MATH_EXPONENTIAL_INL
#undef XENT_IMPL_SIMD_MATH_EXPONENTIAL_INL
#else
#define XENT_IMPL_SIMD_MATH_EXPONENTIAL_INL
#endif

#include <concepts>

#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace xent::impl::HWY_NAMESPACE {

/// A kind of exponential is a set of constants:
///
///   Lane                         the type of the lanes, float or double
///   in_pairs                     a term is two numbers of that type, else one
///   sum_scale                    terms are summed times 2^sum_scale
///   gradient_exponent            terms of gradients are computed times 2^gradient_exponent
///   least_factor, largest_factor the factors t of gradients for which they are
///   largest_factor_of_sum        times it, a sum of clamped terms is nothing in a result
///   least_tail                   a smaller tail, in terms of the maximum's, is 0: it is clamped
///   terms headroom                     powers of two between a sweep's unit and the one it began
///   with least_plain, largest_plain   logits between them need no origin nudge is added to a logit
///   without an origin: then none is subnormal reach                        what lies as far below
///   a sweep's limit is less than what is clamped
template <class Exp>
concept Exponential = requires {
  typename Exp::Lane;
  { Exp::in_pairs } -> std::convertible_to<bool>;
  { Exp::sum_scale } -> std::convertible_to<int>;
  { Exp::gradient_exponent } -> std::convertible_to<int>;
  { Exp::headroom } -> std::convertible_to<int>;
  { Exp::least_factor } -> std::convertible_to<double>;
  { Exp::largest_factor } -> std::convertible_to<double>;
  { Exp::largest_factor_of_sum } -> std::convertible_to<double>;
  { Exp::least_tail } -> std::convertible_to<double>;
  { Exp::least_plain } -> std::convertible_to<double>;
  { Exp::largest_plain } -> std::convertible_to<double>;
  { Exp::nudge } -> std::convertible_to<typename Exp::Lane>;
  { Exp::reach } -> std::convertible_to<typename Exp::Lane>;
};

/// Whether each x is a number that the powers reach; else what is low is clamped.
enum class Reach { within, any };

/// Computes exp(x - o) 2^(S - M) for a unit exp(o) 2^M: to_terms<reach>(x) overwrites the vectors x
/// by the terms; to_parts<reach>(x, s) gives each term as the sum of two.
template <class Exp>
class ExpInUnit;

/// Sums such terms: add(terms), add(terms, low parts) for those in pairs, of an even number of
/// vectors; total() is a Pair in units of the tail, 2^-256.
template <class Exp>
class TermSum;

}  // namespace xent::impl::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // the guard of a per-target header
