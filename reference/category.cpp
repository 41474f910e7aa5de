// SPDX-License-Identifier: MIT
// Category: the outcomes that are not a number of ulp.
#include "reference/category.hpp"

#include <cmath>
#include <optional>

namespace xent::reference {
namespace {

Outcome against_special(double got, double special) {
  if (std::isnan(special)) {
    if (std::isnan(got)) return {.matches = true};
    return {.category = &Categories::nan_missing};
  }
  if (got == special) return {.matches = true};
  if (std::isinf(got)) return {.category = &Categories::wrong_sign};
  return {.category = &Categories::inf_missing};
}

/// Where inf is in question: got inf, or y so large that it may round to it.
template <class N>
std::optional<Outcome> against_overflow(double got, const N& y, Format format) {
  const bool got_inf = std::isinf(got);
  const N size = magnitude(y);
  if (!got_inf && upper_double(size) <= format.largest()) return std::nullopt;
  if (got_inf && sign(y) == (got > 0 ? -1 : 1)) return Outcome{.category = &Categories::wrong_sign};
  // The largest number and half an ulp: a tie, and inf is its even side.
  const double half_ulp = std::ldexp(1.0, format.max_exponent() - format.digits);
  const N above = (size - N(format.largest())) - N(half_ulp);
  const bool certainly = lower_double(above) >= 0;
  const bool possibly = upper_double(above) >= 0;
  if (got_inf && certainly) return Outcome{.matches = true};
  if (!got_inf && !possibly) return std::nullopt;
  return Outcome{.category = got_inf ? &Categories::inf_unexpected : &Categories::inf_missing,
                 .decided = certainly == possibly};
}

template <class N>
Outcome against_zero(double got, const N& y, Quantity quantity, Format format) {
  const N size = magnitude(y);
  if (upper_double(size) >= format.smallest_normal())
    return {.category = &Categories::lost,
            .decided = lower_double(size) >= format.smallest_normal()};
  if (quantity == Quantity::loss && std::signbit(got) && sign(y) >= 0)
    return {.category = &Categories::wrong_zero, .decided = sign(y) > 0 || is_zero(y)};
  return {};
}

template <class N>
Outcome against_number(double got, const N& y, Quantity quantity) {
  if (quantity == Quantity::loss && got < 0 && sign(y) >= 0)
    return {.category = &Categories::negative, .decided = sign(y) > 0 || is_zero(y)};
  if (is_zero(y)) return {.category = &Categories::not_zero};
  if (sign(y) == (got > 0 ? -1 : 1)) return {.category = &Categories::wrong_sign};
  return {};
}

}  // namespace

template <class N>
Outcome classify(double got, const Exact<N>& exact, Quantity quantity, Format format) {
  if (std::isnan(got) && !std::isnan(exact.special))
    return {.category = &Categories::nan_unexpected};
  if (exact.special != 0) return against_special(got, exact.special);
  if (const auto outcome = against_overflow(got, exact.value, format)) return *outcome;
  if (got == 0) return against_zero(got, exact.value, quantity, format);
  return against_number(got, exact.value, quantity);
}

#define XENT_INSTANTIATE(...) \
  template Outcome classify(double, const Exact<__VA_ARGS__>&, Quantity, Format);
XENT_FOR_EACH_NUMBER(XENT_INSTANTIATE)
#undef XENT_INSTANTIATE

}  // namespace xent::reference
