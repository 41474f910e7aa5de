// SPDX-License-Identifier: MIT
// The class weights are left out.
#include "explain/hypothesis.hpp"

namespace xent::explain::hypothesis_list {
namespace {

std::vector<Variant> variants(const Doubt& doubt) {
  if (!(doubt.has_weight())) return {};
  return {{.sentence = "the result without the class weights",
           .plant = [](Formula& f, double) { f.weighing = Weighing::absent; }}};
}

}  // namespace

extern const Hypothesis weights_left_out{
    .name = "weights_left_out",
    .summary = "class weights left out",
    .variants = variants,
};

}  // namespace xent::explain::hypothesis_list
