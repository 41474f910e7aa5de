// SPDX-License-Identifier: MIT
// Category: the outcomes that are not a number of ulp.
#include "reference/category.hpp"

#include <cmath>
#include <limits>
#include <optional>

namespace xent::reference {
namespace {

template <class T>
Outcome against_special(T got, double special) {
  if (std::isnan(special)) {
    if (std::isnan(got)) return {.matches = true};
    return {.category = &Categories::nan_missing};
  }
  if (static_cast<double>(got) == special) return {.matches = true};
  if (std::isinf(got)) return {.category = &Categories::wrong_sign};
  return {.category = &Categories::inf_missing};
}

/// Where inf is in question: got inf, or y so large that it may round to it.
template <class T, unsigned Digits>
std::optional<Outcome> against_overflow(T got, const Interval<Digits>& y) {
  using Limits = std::numeric_limits<T>;
  const bool got_inf = std::isinf(got);
  const Interval<Digits> size = magnitude(y);
  const bool large = mpfr_cmp_d(upper(size), static_cast<double>(Limits::max())) > 0;
  if (!got_inf && !large) return std::nullopt;
  if (got_inf && (got > 0 ? mpfi_is_strictly_neg(raw(y)) : mpfi_is_strictly_pos(raw(y))) != 0)
    return Outcome{.category = &Categories::wrong_sign};
  // The largest number and half an ulp: a tie, and inf is its even side.
  const double half_ulp = std::ldexp(1.0, Limits::max_exponent - Limits::digits - 1);
  const Interval<Digits> threshold =
      Interval<Digits>(static_cast<double>(Limits::max())) + Interval<Digits>(half_ulp);
  const bool certainly = mpfr_greaterequal_p(lower(size), lower(threshold)) != 0;
  const bool possibly = mpfr_greaterequal_p(upper(size), lower(threshold)) != 0;
  if (got_inf && certainly) return Outcome{.matches = true};
  if (!got_inf && !possibly) return std::nullopt;
  return Outcome{.category = got_inf ? &Categories::inf_unexpected : &Categories::inf_missing,
                 .decided = certainly == possibly};
}

template <class T, unsigned Digits>
Outcome against_zero(T got, const Interval<Digits>& y, Quantity quantity) {
  if (quantity == Quantity::loss && std::signbit(got) && mpfi_is_strictly_neg(raw(y)) == 0)
    return {.category = &Categories::wrong_sign, .decided = mpfi_is_nonneg(raw(y)) != 0};
  const Interval<Digits> size = magnitude(y);
  const auto normal = static_cast<double>(std::numeric_limits<T>::min());
  if (mpfr_cmp_d(upper(size), normal) < 0) return {};
  return {.category = &Categories::lost, .decided = mpfr_cmp_d(lower(size), normal) >= 0};
}

template <class T, unsigned Digits>
Outcome against_sign(T got, const Interval<Digits>& y, Quantity quantity) {
  const bool opposite =
      (got > 0 ? mpfi_is_strictly_neg(raw(y)) : mpfi_is_strictly_pos(raw(y))) != 0;
  const bool below_0 = quantity == Quantity::loss && got < 0 && mpfi_is_zero(raw(y)) != 0;
  if (opposite || below_0) return {.category = &Categories::wrong_sign};
  return {};
}

}  // namespace

template <class T, unsigned Digits>
Outcome classify(T got, const Exact<Digits>& exact, Quantity quantity) {
  if (std::isnan(got) && !std::isnan(exact.special))
    return {.category = &Categories::nan_unexpected};
  if (exact.special != 0) return against_special(got, exact.special);
  if (const auto outcome = against_overflow(got, exact.value)) return *outcome;
  if (got == 0) return against_zero(got, exact.value, quantity);
  return against_sign(got, exact.value, quantity);
}

#define XENT_INSTANTIATE(digits)                                                   \
  template Outcome classify<float, digits>(float, const Exact<digits>&, Quantity); \
  template Outcome classify<double, digits>(double, const Exact<digits>&, Quantity);
XENT_FOR_EACH_PRECISION(XENT_INSTANTIATE)
#undef XENT_INSTANTIATE

}  // namespace xent::reference
