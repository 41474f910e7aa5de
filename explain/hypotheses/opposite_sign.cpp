// SPDX-License-Identifier: MIT
// The sign is the opposite: the log-likelihood in place of its negative.
#include "explain/hypothesis.hpp"

namespace xent::explain::hypothesis_list {
namespace {

std::vector<Variant> variants(const Doubt&) {
  return {{.sentence = "the result with the opposite sign, the log-likelihood",
           .plant = [](Formula& f, double) { f.factor = -1; }}};
}

}  // namespace

extern const Hypothesis opposite_sign{
    .name = "opposite_sign",
    .summary = "the opposite sign: the log-likelihood",
    .variants = variants,
};

}  // namespace xent::explain::hypothesis_list
