// SPDX-License-Identifier: MIT
// PyTorch's CPU kernels behind torch.nn.functional.cross_entropy, called as it calls them:
// log_softmax, then nll_loss for labels, or the product with the probabilities and its sum; the
// gradient by their backward kernels. Forms with options that have no kernel of their own are
// composed of cross_entropy and others (torch_composed.hpp).
//
// Settings: outputs and intermediates are allocated once (the _out variants), in huge pages as all
// arrays here, so the heap gives no pages back between calls; gradient mode is off, no graph is
// recorded. Beside it, cross_entropy itself with the heap kept took as long within 5 % for the loss
// and 2 to 26 % longer with autograd's gradient (Zen 4, AVX2 and AVX-512, 4096x10 to 1x1000000).
// ATEN_CPU_CAPABILITY=avx512 in the environment changes the instruction set.

#include <memory>

#include <ATen/ATen.h>
#include <ATen/Parallel.h>
#include <ATen/Version.h>
#include <torch/version.h>

#include "bench/peer.hpp"
#include "bench/peers/torch_composed.hpp"
#include "bench/peers/torch_tensors.hpp"

namespace xent::bench {
namespace {

/// What the kernels read and write.
template <class T>
struct Tensors {
  TorchProblem of;
  at::Tensor log_probs, scratch, loss, total_weight, grad;
  Buffer<T> of_log_probs, of_scratch;

  Tensors(const Workload<T>& w, const Form& form, Reduction reduction, bool gradient)
      : of(torch_problem(w, form, reduction)),
        of_log_probs(w.shape.elements()),
        of_scratch(w.shape.elements()) {
    log_probs = at::from_blob(of_log_probs.data(), of.logits.sizes(), torch_type<T>);
    scratch = at::from_blob(of_scratch.data(), of.logits.sizes(), torch_type<T>);
    loss = at::empty(of.loss_sizes(), of.logits.options());
    total_weight = at::empty({}, of.logits.options());
    // the backward kernel takes a contiguous result for granted
    if (gradient && of.logits.is_contiguous())
      grad = torch_matrix(w.shape, w.grad);
    else if (gradient)
      grad = at::empty(of.logits.sizes(), of.logits.options());
  }
};

/// [N, C, D] as nll_loss2d takes it, [N, C, 1, D]; the same of [N, D].
at::Tensor as_image(const at::Tensor& tensor) { return tensor.unsqueeze(-2); }

template <class T>
void nll_forward(Tensors<T>& t) {
  const TorchProblem& of = t.of;
  if (of.logits.dim() == 2) {
    at::nll_loss_forward_out(t.loss, t.total_weight, t.log_probs, of.targets, of.weight,
                             of.reduction, ignored_label);
    return;
  }
  at::Tensor loss = of.reduction == at::Reduction::None ? as_image(t.loss) : t.loss;
  at::nll_loss2d_forward_out(loss, t.total_weight, as_image(t.log_probs), as_image(of.targets),
                             of.weight, of.reduction, ignored_label);
}

template <class T>
void forward(Tensors<T>& t) {
  const TorchProblem& of = t.of;
  at::_log_softmax_out(t.log_probs, of.logits, 1, false);
  if (of.has_labels) return nll_forward(t);
  at::mul_out(t.scratch, t.log_probs, of.targets);
  if (of.reduction == at::Reduction::None) {
    at::sum_out(t.loss, t.scratch, 1);
    t.loss.neg_();
  } else {
    at::sum_out(t.loss, t.scratch, of.all_axes());
    t.loss.mul_(-1 / of.divisor);
  }
}

template <class T>
void nll_backward(Tensors<T>& t, const at::Tensor& upstream) {
  const TorchProblem& of = t.of;
  if (of.logits.dim() == 2) {
    at::nll_loss_backward_out(t.scratch, upstream, t.log_probs, of.targets, of.weight, of.reduction,
                              ignored_label, t.total_weight);
    return;
  }
  at::Tensor scratch = as_image(t.scratch);
  at::nll_loss2d_backward_out(scratch,
                              of.reduction == at::Reduction::None ? as_image(upstream) : upstream,
                              as_image(t.log_probs), as_image(of.targets), of.weight, of.reduction,
                              ignored_label, t.total_weight);
}

template <class T>
void backward(Tensors<T>& t, const at::Tensor& upstream, const at::Tensor& share) {
  if (t.of.has_labels)
    nll_backward(t, upstream);
  else
    at::mul_out(t.scratch, t.of.targets, share);
  at::_log_softmax_backward_data_out(t.grad, t.scratch, t.log_probs, 1, torch_type<T>);
}

template <class T>
PeerCall prepare(const Workload<T>& workload, const Form& form, Reduction reduction,
                 bool gradient) {
  if (form.targets == cases::TargetKind::csr) return {};
  if (is_composed(form)) return prepare_composed(workload, form, reduction, gradient);
  const auto tensors = std::make_shared<Tensors<T>>(workload, form, reduction, gradient);
  const at::Tensor loss =
      at::from_blob(workload.loss.data(), tensors->loss.sizes(), torch_type<LossOf<T>>);
  PeerCall call{.deliver = [tensors, loss] { loss.copy_(tensors->loss); }};
  if (gradient && !tensors->of.logits.is_contiguous())
    call.deliver = [tensors, loss, grad = torch_matrix(workload.shape, workload.grad)] {
      loss.copy_(tensors->loss);
      grad.copy_(tensors->grad);
    };
  if (!gradient) {
    call.run = [tensors] {
      const at::NoGradGuard guard;
      forward(*tensors);
    };
    return call;
  }
  const at::Tensor upstream = at::ones(tensors->loss.sizes(), tensors->of.logits.options());
  const at::Tensor share = at::full({}, -1 / tensors->of.divisor, tensors->of.logits.options());
  call.run = [tensors, upstream, share] {
    const at::NoGradGuard guard;
    forward(*tensors);
    backward(*tensors, upstream, share);
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
