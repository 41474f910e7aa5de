// SPDX-License-Identifier: MIT
// What a temperature and a softcap cost the implementations. Proof: docs/error_bounds.md, lemmas 83
// and 84 (mapped logits; what mapping costs).
#pragma once

#include <algorithm>
#include <limits>

#include <xent/facts.hpp>

namespace xent::impl {

/// Returns the errors of an implementation that maps logits in the type A of its arithmetic. Of a
/// long double 64 bits are used, for which the C library's functions are measured (assumption A2).
template <class A>
constexpr MappingErrors mapped_in() {
  return {.unit = std::max(static_cast<double>(std::numeric_limits<A>::epsilon() / 2), 0x1p-64),
          .least = static_cast<double>(std::numeric_limits<A>::denorm_min())};
}

}  // namespace xent::impl
