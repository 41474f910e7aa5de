// SPDX-License-Identifier: MIT
// The class weights are squared, in the terms and in the divisor.
#include "explain/hypothesis.hpp"

namespace xent::explain::hypothesis_list {
namespace {

std::vector<Variant> variants(const Doubt& doubt) {
  if (!(doubt.has_weight())) return {};
  return {{.sentence = "the result with the squares of the class weights",
           .plant = [](Formula& f, double) { f.weighing = Weighing::squared; }}};
}

}  // namespace

extern const Hypothesis weights_squared{
    .name = "weights_squared",
    .summary = "class weights squared everywhere",
    .variants = variants,
};

}  // namespace xent::explain::hypothesis_list
