// SPDX-License-Identifier: MIT
// The class weights are applied to the terms twice; the divisor has them once.
#include "explain/hypothesis.hpp"

namespace xent::explain::hypothesis_list {
namespace {

std::vector<Variant> variants(const Doubt& doubt) {
  if (!(doubt.has_weight())) return {};
  return {{.sentence = "the result with the class weights applied twice",
           .plant = [](Formula& f, double) { f.weighing = Weighing::twice; }}};
}

}  // namespace

extern const Hypothesis weights_twice{
    .name = "weights_twice",
    .summary = "class weights applied twice",
    .variants = variants,
};

}  // namespace xent::explain::hypothesis_list
