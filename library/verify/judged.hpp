// SPDX-License-Identifier: MIT
// What the judge found, as the structs of xent_verify.h.
#pragma once

#include <xent_verify.h>

#include <xent/any_problem.hpp>
#include <xent/records/errors.hpp>

namespace xent::library {

/// A kind of results: the errors of all of them, of those in rows that no bound covers, and the
/// results themselves, which witnesses are read from.
struct Judged {
  ErrorStats all;
  ErrorStats outside;
  AnyMatrix results;
};

xent_judged judged_of(const Judged& judged);

/// Returns the verdict about these results, by bounds that were named or without.
std::int32_t verdict_of(const Judged& judged, bool has_bounds);

}  // namespace xent::library
