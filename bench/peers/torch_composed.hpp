// SPDX-License-Identifier: MIT
// PyTorch on forms whose options have no kernel of their own, as a user writes them:
//
//   z = s tanh(logits / s), then z / T           softcap, temperature
//   cross_entropy(z, targets, weight, …)         smoothing, class weights of probabilities
//   + k logsumexp(z)^2, times the row weights    z-loss, row weights: of losses that are not
//                                                reduced, whose sum is then divided
//
// The gradient is autograd's. The heap keeps its pages between calls (keep_heap), so that what is
// timed is not the kernel clearing them.
#pragma once

#include <memory>

#include <ATen/ATen.h>
#include <malloc.h>

#include "bench/peer.hpp"
#include "bench/peers/torch_tensors.hpp"

namespace xent::bench {

/// Tells whether the form has such options.
inline bool is_composed(const Form& form) {
  const Options& o = form.options;
  const bool soft = form.targets != cases::TargetKind::labels;
  return form.row_weighted || (soft && form.weighted) || o.label_smoothing != 0 || o.z_loss != 0 ||
         o.temperature != 0 || o.softcap != 0;
}

/// Keeps the process from giving memory back that it has freed.
inline void keep_heap() {
  ::mallopt(M_MMAP_MAX, 0);
  ::mallopt(M_TRIM_THRESHOLD, -1);
}

/// The loss of the problem, by those formulas.
inline at::Tensor composed_loss(const TorchProblem& of, const at::Tensor& logits,
                                const Form& form) {
  const Options& o = form.options;
  at::Tensor z = logits;
  if (o.softcap != 0) z = at::tanh(z / o.softcap) * o.softcap;
  if (o.temperature != 0) z = z / o.temperature;
  const bool by_rows = form.row_weighted || o.z_loss != 0;
  at::Tensor loss = at::cross_entropy_loss(
      z, of.targets, of.weight,
      by_rows ? static_cast<std::int64_t>(at::Reduction::None) : of.reduction, ignored_label,
      o.label_smoothing);
  if (!by_rows) return loss;
  if (o.z_loss != 0) {
    const at::Tensor lse = at::logsumexp(z, 1);
    at::Tensor of_z = lse * lse * o.z_loss;
    if (form.ignored != 0) of_z = of_z.masked_fill(of.targets == ignored_label, 0);
    loss = loss + of_z;
  }
  if (of.row_weight.defined()) loss = loss * of.row_weight;
  return of.reduction == at::Reduction::None ? loss : loss.sum() / of.divisor;
}

template <class T>
PeerCall prepare_composed(const Workload<T>& workload, const Form& form, Reduction reduction,
                          bool gradient) {
  keep_heap();
  struct State {
    TorchProblem of;
    Form form;
    at::Tensor logits, loss;
  };
  const auto state = std::make_shared<State>();
  state->of = torch_problem(workload, form, reduction);
  state->form = form;
  state->logits = state->of.logits.detach();
  state->logits.set_requires_grad(gradient);
  const at::Tensor loss =
      at::from_blob(workload.loss.data(), state->of.loss_sizes(), torch_type<LossOf<T>>);
  PeerCall call;
  if (!gradient) {
    call.run = [state] {
      const at::NoGradGuard guard;
      state->loss = composed_loss(state->of, state->logits, state->form);
    };
    call.deliver = [state, loss] { loss.copy_(state->loss); };
    return call;
  }
  call.run = [state] {
    state->logits.mutable_grad().reset();
    state->loss = composed_loss(state->of, state->logits, state->form);
    state->loss.sum().backward();
  };
  const at::Tensor grad = torch_matrix(workload.shape, workload.grad);
  call.deliver = [state, loss, grad] {
    const at::NoGradGuard guard;
    loss.copy_(state->loss);
    grad.copy_(state->logits.grad());
  };
  return call;
}

}  // namespace xent::bench
