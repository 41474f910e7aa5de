// SPDX-License-Identifier: MIT
// PyTorch's CPU kernels behind torch.nn.functional.cross_entropy, called as it calls them:
// log_softmax, then nll_loss for labels, or the product with the probabilities and its sum; the
// gradient by their backward kernels.
//
// Settings: outputs and intermediates are allocated once (the _out variants), in huge pages as all
// arrays here, so the heap gives no pages back between calls; gradient mode is off, no graph is
// recorded. Beside it, cross_entropy itself with the heap kept took as long within 5 % for the loss
// and 2 to 26 % longer with autograd's gradient (Zen 4, AVX2 and AVX-512, 4096x10 to 1x1000000).
// ATEN_CPU_CAPABILITY=avx512 in the environment changes the instruction set.

#include <memory>
#include <type_traits>

#include <ATen/ATen.h>
#include <ATen/Parallel.h>
#include <ATen/Version.h>
#include <torch/version.h>

#include "bench/peer.hpp"

namespace xent::bench {
namespace {

template <class T>
constexpr at::ScalarType type = std::is_same_v<T, float>    ? at::kFloat
                                : std::is_same_v<T, double> ? at::kDouble
                                                            : at::kBFloat16;
constexpr std::int64_t no_ignored_label = -100;

/// A tensor of the elements of a buffer, which outlives it.
template <class T>
at::Tensor tensor_of(const Buffer<T>& buffer, at::IntArrayRef shape) {
  constexpr at::ScalarType of = std::is_same_v<T, std::int64_t> ? at::kLong : type<T>;
  return at::from_blob(buffer.data(), shape, of);
}

template <class T>
struct Tensors {
  at::Tensor logits, targets, log_probs, scratch, loss, weight, grad;
  Buffer<T> of_log_probs, of_scratch;

  Tensors(const Workload<T>& w, cases::TargetKind form, bool gradient)
      : of_log_probs(w.elements()), of_scratch(w.elements()) {
    const std::int64_t rows = w.recipe.rows, classes = w.recipe.classes;
    logits = tensor_of(w.logits, {rows, classes});
    if (form == cases::TargetKind::labels)
      targets = tensor_of(w.labels, {rows});
    else
      targets =
          tensor_of(form == cases::TargetKind::one_hot ? w.one_hot : w.probs, {rows, classes});
    log_probs = tensor_of(of_log_probs, {rows, classes});
    scratch = tensor_of(of_scratch, {rows, classes});
    loss = at::empty(gradient ? at::IntArrayRef() : at::IntArrayRef(rows), logits.options());
    weight = at::empty({}, logits.options());
    if (gradient) grad = tensor_of(w.grad, {rows, classes});
  }

  bool has_labels() const { return targets.dim() == 1; }
};

template <class T>
void forward(Tensors<T>& t, at::Reduction::Reduction reduction) {
  at::_log_softmax_out(t.log_probs, t.logits, 1, false);
  if (t.has_labels()) {
    at::nll_loss_forward_out(t.loss, t.weight, t.log_probs, t.targets, {}, reduction,
                             no_ignored_label);
  } else {
    at::mul_out(t.scratch, t.log_probs, t.targets);
    if (reduction == at::Reduction::None) {
      at::sum_out(t.loss, t.scratch, 1);
      t.loss.neg_();
    } else {
      at::sum_out(t.loss, t.scratch, at::IntArrayRef({0, 1}));
      t.loss.div_(-static_cast<double>(t.logits.size(0)));
    }
  }
}

template <class T>
void backward(Tensors<T>& t, const at::Tensor& one, const at::Tensor& share) {
  if (t.has_labels())
    at::nll_loss_backward_out(t.scratch, one, t.log_probs, t.targets, {}, at::Reduction::Mean,
                              no_ignored_label, t.weight);
  else
    at::mul_out(t.scratch, t.targets, share);
  at::_log_softmax_backward_data_out(t.grad, t.scratch, t.log_probs, 1, type<T>);
}

template <class T>
PeerCall prepare(const Workload<T>& workload, cases::TargetKind form, bool gradient) {
  if (form == cases::TargetKind::csr) return {};
  const auto tensors = std::make_shared<Tensors<T>>(workload, form, gradient);
  const at::Tensor loss =
      at::from_blob(workload.loss.data(), tensors->loss.sizes(), type<LossOf<T>>);
  PeerCall call{.deliver = [tensors, loss] { loss.copy_(tensors->loss); }};
  if (!gradient) {
    call.run = [tensors] {
      const at::NoGradGuard guard;
      forward(*tensors, at::Reduction::None);
    };
    return call;
  }
  const at::Tensor one = at::ones({}, tensors->logits.options());
  const at::Tensor share = one / -static_cast<double>(workload.recipe.rows);
  call.run = [tensors, one, share] {
    const at::NoGradGuard guard;
    forward(*tensors, at::Reduction::Mean);
    backward(*tensors, one, share);
  };
  return call;
}

/// From the line "  - CPU capability usage: AVX2" of the library's own description.
std::string instruction_set() {
  const std::string config = at::show_config();
  const std::string mark = "CPU capability usage: ";
  const std::size_t found = config.find(mark);
  if (found == std::string::npos) return "unknown";
  const std::size_t begin = found + mark.size();
  return config.substr(begin, config.find('\n', begin) - begin);
}

}  // namespace

extern const Peer peer_libtorch;
const Peer peer_libtorch = {.name = "libtorch",
                            .version = [] { return std::string("libtorch " TORCH_VERSION); },
                            .instruction_set = instruction_set,
                            .use_threads = at::set_num_threads,
                            .f32 = prepare<float>,
                            .f64 = prepare<double>,
                            .bf16 = prepare<xent::bf16>};

}  // namespace xent::bench
