// SPDX-License-Identifier: MIT
// The variants of a hypothesis about 16-bit arithmetic.
#include "explain/narrow_variants.hpp"

#include <fmt/format.h>

namespace xent::explain {

std::vector<Variant> narrow_variants(const Doubt& doubt, std::string_view sentence,
                                     std::optional<Format> Arithmetic::*rounded, Narrow narrow) {
  const DType logits = doubt.problem.logits.dtype;
  std::vector<Variant> all;
  for (const DType dtype : {DType::bf16, DType::f16}) {
    const Format format = format_of(dtype);
    const bool is_narrower = format.digits < format_of(logits).digits;
    if (!is_narrower && !(narrow == Narrow::or_as_logits && dtype == logits)) continue;
    all.push_back(
        {.sentence = fmt::format(fmt::runtime(sentence), to_string(dtype)),
         .plant = [format, rounded](Formula& f, double) { f.arithmetic.*rounded = format; }});
  }
  return all;
}

}  // namespace xent::explain
