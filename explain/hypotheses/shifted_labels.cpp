// SPDX-License-Identifier: MIT
// Each row is set against the label of another row of its sequence: the next-token shift once too
// often or not at all.
#include <fmt/format.h>

#include "explain/hypothesis.hpp"

namespace xent::explain::hypothesis_list {
namespace {

Target shifted(const Doubt& doubt, std::ptrdiff_t i, std::ptrdiff_t step, bool rolled) {
  const std::ptrdiff_t length = doubt.sequence();
  const std::ptrdiff_t place = i % length + step;
  if (!rolled && (place < 0 || place >= length)) return {Target::Kind::unknown};
  return given_target(doubt, i - i % length + (place + length) % length);
}

Variant shift(std::ptrdiff_t step, bool rolled) {
  const std::ptrdiff_t rows = step < 0 ? -step : step;
  return {.sentence = fmt::format("the result with each row set against the label {} {} {} it{}",
                                  rows, rows == 1 ? "row" : "rows", step < 0 ? "before" : "after",
                                  rolled ? ", the sequence being a ring" : ""),
          .plant = [step, rolled](Formula& f, double) {
            f.target = [step, rolled](const Doubt& doubt, std::ptrdiff_t i) {
              return shifted(doubt, i, step, rolled);
            };
          }};
}

std::vector<Variant> variants(const Doubt& doubt) {
  std::vector<Variant> all;
  if (!doubt.has_labels()) return all;
  for (const bool rolled : {false, true})
    for (const std::ptrdiff_t step : {1, -1, 2, -2})
      if (doubt.sequence() > 2) all.push_back(shift(step, rolled));
  return all;
}

}  // namespace

extern const Hypothesis shifted_labels{
    .name = "shifted_labels",
    .summary = "labels of the row before or after",
    .variants = variants,
};

}  // namespace xent::explain::hypothesis_list
