// SPDX-License-Identifier: MIT
// Labels that begin with 1 read as if they began with 0, or the reverse.
#include "explain/hypothesis.hpp"

namespace xent::explain::hypothesis_list {
namespace {

Variant moved(std::ptrdiff_t step) {
  return {.sentence = step < 0 ? "the result with each label taken for the class before it, as if "
                                 "labels began with 1"
                               : "the result with each label taken for the class after it",
          .plant = [step](Formula& f, double) {
            f.target = [step](const Doubt& doubt, std::ptrdiff_t i) {
              Target target = given_target(doubt, i);
              if (target.kind != Target::Kind::label) return target;
              const std::ptrdiff_t classes = doubt.classes();
              target.label = (target.label + step + classes) % classes;
              return target;
            };
          }};
}

std::vector<Variant> variants(const Doubt& doubt) {
  if (!doubt.has_labels()) return {};
  return {moved(-1), moved(1)};
}

}  // namespace

extern const Hypothesis one_based_labels{
    .name = "one_based_labels",
    .summary = "labels off by one class",
    .variants = variants,
};

}  // namespace xent::explain::hypothesis_list
