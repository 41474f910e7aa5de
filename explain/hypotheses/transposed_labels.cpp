// SPDX-License-Identifier: MIT
// The labels of a problem of two row axes are read in the other order of the axes.
#include <fmt/format.h>

#include "explain/hypothesis.hpp"

namespace xent::explain::hypothesis_list {
namespace {

std::vector<Variant> variants(const Doubt& doubt) {
  const std::vector<std::ptrdiff_t> axes = doubt.row_axes();
  if (!doubt.has_labels() || axes.size() != 2 || axes[0] < 2 || axes[1] < 2) return {};
  return {{.sentence = fmt::format("the result with the labels read as [{}, {}], transposed",
                                   axes[1], axes[0]),
           .plant = [rows = axes[0], cols = axes[1]](Formula& f, double) {
             f.target = [rows, cols](const Doubt& given, std::ptrdiff_t i) {
               return given_target(given, i % cols * rows + i / cols);
             };
           }}};
}

}  // namespace

extern const Hypothesis transposed_labels{
    .name = "transposed_labels",
    .summary = "labels in the other order of two row axes",
    .variants = variants,
};

}  // namespace xent::explain::hypothesis_list
