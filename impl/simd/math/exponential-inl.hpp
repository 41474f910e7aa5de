// SPDX-License-Identifier: MIT
// Declares what a kind of exponential is, and the two classes that each kind has: ExpInUnit
// computes the exponentials of vectors in the unit of a row (math/exp-inl.hpp for double lanes,
// math/table_exp-inl.hpp for f32 lanes), and TermSum sums them (reduce/term_sum-inl.hpp,
// reduce/float_sum-inl.hpp). The kinds are in math/exp_constants.hpp.

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
///   gradient_exponent            terms of a gradient are computed times 2^gradient_exponent, so
///                                that none that counts is subnormal
///   least_normal_gradient        the least normal number of the lanes, times 2^gradient_exponent
///   least_factor,                lanes compute a gradient whose factor |t| lies between these; the
///   largest_factor               C library computes the others
///   largest_factor_of_sum        times a factor up to it, a sum of clamped terms is negligible
///   least_tail                   a tail below it times the maximum's term becomes 0
///   headroom                     the unit of a sweep is 2^headroom times the power of two near exp
///                                of the element that it is chosen by
///   least_plain, largest_plain   a row whose maximum lies between these needs no origin
///   nudge                        is added to a logit where there is no origin, so that none is
///                                subnormal
///   reach                        where the maximum rises by more than this above the limit of a
///                                sweep (reduce/row_sweep-inl.hpp), the sum so far is dropped
template <class Exp>
concept Exponential = requires {
  typename Exp::Lane;
  { Exp::in_pairs } -> std::convertible_to<bool>;
  { Exp::sum_scale } -> std::convertible_to<int>;
  { Exp::gradient_exponent } -> std::convertible_to<int>;
  { Exp::least_normal_gradient } -> std::convertible_to<typename Exp::Lane>;
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

/// `within` promises that no x lies below the least power; with `any` such an x is clamped.
enum class Reach { within, any };

/// Computes exp(x - o) 2^(S - M) for a unit exp(o) 2^M. to_terms<reach>(x) overwrites the vectors x
/// with their terms. to_parts<reach>(x, s) overwrites x with the first part of each term and writes
/// the second to s: in double lanes the term is x + s, in f32 lanes x (1 + s).
template <Exponential Exp>
class ExpInUnit;

/// Sums such terms: add(x), or add(x, s) for a kind in pairs, takes an even number of vectors as
/// ExpInUnit gives them; total() returns the sum as a Pair in units of the tail, 2^-256.
template <Exponential Exp>
class TermSum;

}  // namespace xent::impl::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // the guard of a per-target header
