// SPDX-License-Identifier: MIT
// Label smoothing that divides eps by the size of another axis than that of the classes.
#include <set>

#include <fmt/format.h>

#include "explain/hypothesis.hpp"

namespace xent::explain::hypothesis_list {
namespace {

std::vector<Variant> variants(const Doubt& doubt) {
  const double eps = doubt.problem.options.label_smoothing;
  std::vector<Variant> all;
  if (eps == 0) return all;
  std::set<std::ptrdiff_t> sizes{doubt.rows()};
  for (const std::ptrdiff_t size : doubt.row_axes()) sizes.insert(size);
  sizes.erase(doubt.classes());
  for (const std::ptrdiff_t size : sizes) {
    const double share = eps / static_cast<double>(size);
    all.push_back({.sentence = fmt::format("the result of label smoothing with mass eps / {}, the "
                                           "size of another axis; the classes are {}",
                                           size, doubt.classes()),
                   .plant = [share](Formula& f, double) { f.share = share; }});
  }
  return all;
}

}  // namespace

extern const Hypothesis smoothing_axis{
    .name = "smoothing_axis",
    .summary = "label smoothing that counts the classes on another axis",
    .variants = variants,
};

}  // namespace xent::explain::hypothesis_list
