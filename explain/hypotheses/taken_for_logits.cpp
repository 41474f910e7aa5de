// SPDX-License-Identifier: MIT
// Log-probabilities or probabilities that are given are taken for logits: a softmax is applied to
// them. Of log-probabilities that are normalised the loss stays as it is, and the gradient does
// not.
#include <xent/log_prob.hpp>

#include "explain/hypothesis.hpp"

namespace xent::explain::hypothesis_list {
namespace {

std::vector<Variant> variants(const Doubt& doubt) {
  if (!is_given(doubt.problem.options)) return {};
  const bool probs = doubt.problem.options.input == Input::probs;
  return {{.sentence = probs ? "the result with the probabilities taken for logits: the softmax is "
                               "applied twice"
                             : "the result with the log-probabilities taken for logits: the "
                               "log-softmax is applied twice",
           .plant = [](Formula& f, double) { f.input = Input::logits; }}};
}

}  // namespace

extern const Hypothesis taken_for_logits{
    .name = "taken_for_logits",
    .summary = "log-probabilities or probabilities taken for logits",
    .variants = variants,
};

}  // namespace xent::explain::hypothesis_list
