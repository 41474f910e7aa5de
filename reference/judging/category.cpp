// SPDX-License-Identifier: MIT
// Finds the category of a result.
#include "reference/judging/category.hpp"

#include <cmath>
#include <optional>

#include "reference/numbers/ladder.hpp"

namespace xent::reference {
namespace {

/// Returns the outcome for an exact value that is NaN or infinite.
Outcome against_special(double got, double special) {
  if (std::isnan(special)) {
    if (std::isnan(got)) return {.matches = true};
    return {.category = &Categories::nan_missing};
  }
  if (got == special) return {.matches = true};
  if (std::isinf(got)) return {.category = &Categories::wrong_sign};
  return {.category = &Categories::inf_missing};
}

/// Returns the outcome where `got` is inf, or y so large that it may round to inf; else nothing.
template <class N>
std::optional<Outcome> against_overflow(double got, const N& y, Format format) {
  const bool got_inf = std::isinf(got);
  const N size = magnitude(y);
  if (!got_inf && upper_double(size) <= format.largest) return std::nullopt;
  if (got_inf && sign(y) == (got > 0 ? -1 : 1)) return Outcome{.category = &Categories::wrong_sign};
  // The largest number and half an ulp: a tie, and inf is its even side.
  const double half_ulp = std::ldexp(1.0, format.max_exponent - format.digits);
  const N above = (size - N(format.largest)) - N(half_ulp);
  const bool certainly = lower_double(above) >= 0;
  const bool possibly = upper_double(above) >= 0;
  if (got_inf && certainly) return Outcome{.matches = true};
  if (!got_inf && !possibly) return std::nullopt;
  return Outcome{.category = got_inf ? &Categories::inf_unexpected : &Categories::inf_missing,
                 .decided = certainly == possibly};
}

/// Returns the sign of y where it is certain, else 0. It is certain also where the enclosure of y
/// ends at 0 and y is known not to be 0.
template <class N>
int sign_of(const Exact<N>& exact) {
  if (const int certain = sign(exact.value); certain != 0 || !exact.open) return certain;
  if (lower_double(exact.value) >= 0) return 1;
  return upper_double(exact.value) <= 0 ? -1 : 0;
}

/// Returns the outcome of a `got` of 0 for an exact value that is a number.
template <class N>
Outcome against_zero(double got, const Exact<N>& exact, Quantity quantity, Format format) {
  const N size = magnitude(exact.value);
  if (upper_double(size) >= format.smallest_normal())
    return {.category = &Categories::lost,
            .decided = lower_double(size) >= format.smallest_normal()};
  const int sign = sign_of(exact);
  if (quantity == Quantity::loss && std::signbit(got) && sign >= 0)
    return {.category = &Categories::wrong_zero, .decided = sign > 0 || is_zero(exact.value)};
  return {};
}

/// Returns the outcome of a finite `got` that is not 0 for an exact value that is a number.
template <class N>
Outcome against_number(double got, const Exact<N>& exact, Quantity quantity) {
  const int sign = sign_of(exact);
  if (quantity == Quantity::loss && got < 0 && sign >= 0)
    return {.category = &Categories::negative, .decided = sign > 0 || is_zero(exact.value)};
  if (is_zero(exact.value)) return {.category = &Categories::not_zero};
  if (sign == (got > 0 ? -1 : 1)) return {.category = &Categories::wrong_sign};
  return {.decided = sign != 0};
}

/// Tells whether |y| is less than the sum of the magnitudes of its terms, and may be at most
/// `bound`.
template <class N>
bool cancels(const Exact<N>& exact, const N& bound) {
  const N y = magnitude(exact.value);
  const bool less = exact.mixed || upper_double(y) < lower_double(exact.size);
  return less && lower_double(y) <= upper_double(bound);
}

}  // namespace

template <class N>
bool allows(Category category, const Exact<N>& exact, const N& bound) {
  const bool of_signs = category == &Categories::wrong_sign || category == &Categories::lost ||
                        category == &Categories::negative || category == &Categories::wrong_zero ||
                        category == &Categories::not_zero;
  return of_signs && cancels(exact, bound);
}

template <class N>
Outcome classify(double got, const Exact<N>& exact, Quantity quantity, Format format) {
  if (std::isnan(got) && !std::isnan(exact.special))
    return {.category = &Categories::nan_unexpected, .decided = !is_unknown(exact)};
  if (exact.special != 0) return against_special(got, exact.special);
  if (const auto outcome = against_overflow(got, exact.value, format)) return *outcome;
  if (got == 0) return against_zero(got, exact, quantity, format);
  return against_number(got, exact, quantity);
}

#define XENT_INSTANTIATE(...)                                                    \
  template bool allows(Category, const Exact<__VA_ARGS__>&, const __VA_ARGS__&); \
  template Outcome classify(double, const Exact<__VA_ARGS__>&, Quantity, Format);
XENT_FOR_EACH_NUMBER(XENT_INSTANTIATE)
#undef XENT_INSTANTIATE

}  // namespace xent::reference
