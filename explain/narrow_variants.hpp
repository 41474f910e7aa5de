// SPDX-License-Identifier: MIT
// The variants of a hypothesis about 16-bit arithmetic.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "explain/hypothesis.hpp"

namespace xent::explain {

/// Says which types are meant: those narrower than the logits, or the logits' own as well.
enum class Narrow { than_logits, or_as_logits };

/// Returns a variant for each of bf16 and f16 that is so narrow: that member of the arithmetic is
/// the type. {} in the sentence stands for its name.
std::vector<Variant> narrow_variants(const Doubt& doubt, std::string_view sentence,
                                     std::optional<Format> Arithmetic::*rounded, Narrow narrow);

}  // namespace xent::explain
