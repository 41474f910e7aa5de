// SPDX-License-Identifier: MIT
// The exponential of the loss.
#include "explain/hypothesis.hpp"

namespace xent::explain::hypothesis_list {
namespace {

std::vector<Variant> variants(const Doubt&) {
  return {
      {.sentence = "the exponential of the loss, a perplexity", .plant = [](Formula& f, double) {
         f.exponential = true;
         f.has_grad = false;
       }}};
}

}  // namespace

extern const Hypothesis perplexity{
    .name = "perplexity",
    .summary = "the exponential of the loss",
    .variants = variants,
};

}  // namespace xent::explain::hypothesis_list
