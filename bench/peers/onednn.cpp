// SPDX-License-Identifier: MIT
// oneDNN's log-softmax (softmax_v2 with softmax_log) over the logits, then the labels' components
// picked; the gradient by its backward primitive. f32 and labels without options only, in rows:
// over another axis it takes 96 ns a logit.
//
// Settings: primitives and memory are made once. The backward primitive takes the gradient of the
// log-softmax as a matrix, here -1/N at the labels and 0 elsewhere; it is prepared beforehand and
// not timed, which flatters oneDNN by one write of a matrix. In the caches its time depends on the
// address layout of the process: 0.51 or 0.71 ns a logit at 16x10000 on Zen 4, the same for a whole
// run; of several runs the shorter is oneDNN's.

#include <memory>

#include <dnnl.hpp>
#include <omp.h>

#include "bench/peer.hpp"
#include "reference/divisor.hpp"

namespace xent::bench {
namespace {

using Matrix = dnnl::memory;

struct Primitives {
  dnnl::engine engine{dnnl::engine::kind::cpu, 0};
  dnnl::stream stream{engine};
  Buffer<float> of_log_probs, of_upstream;
  Matrix::desc shape;
  Matrix logits, log_probs, upstream, grad;
  dnnl::softmax_v2_forward forward;
  dnnl::softmax_v2_backward backward;

  Primitives(const Workload<float>& w, double upstream_value, bool gradient)
      : of_log_probs(w.shape.elements()),
        shape({w.shape.rows, w.shape.classes}, Matrix::data_type::f32, Matrix::format_tag::ab),
        logits(shape, engine, w.logits.data()),
        log_probs(shape, engine, of_log_probs.data()) {
    const auto algorithm = dnnl::algorithm::softmax_log;
    const dnnl::softmax_v2_forward::primitive_desc made(
        {gradient ? dnnl::prop_kind::forward_training : dnnl::prop_kind::forward_inference,
         algorithm, shape, shape, 1},
        engine);
    forward = dnnl::softmax_v2_forward(made);
    if (!gradient) return;
    of_upstream = Buffer<float>(w.shape.elements());
    const MatrixView<float> of_labels = w.shape.matrix(of_upstream.data());
    for (std::ptrdiff_t i = 0; i < w.shape.rows; ++i)
      of_labels(i, w.labels.data()[i]) = static_cast<float>(upstream_value);
    upstream = Matrix(shape, engine, of_upstream.data());
    grad = Matrix(shape, engine, w.grad.data());
    backward = dnnl::softmax_v2_backward(dnnl::softmax_v2_backward::primitive_desc(
        {algorithm, shape, shape, shape, 1}, engine, made));
  }

  void run_forward() {
    forward.execute(stream, {{DNNL_ARG_SRC, logits}, {DNNL_ARG_DST, log_probs}});
    stream.wait();
  }
  void run_backward() {
    backward.execute(
        stream,
        {{DNNL_ARG_DST, log_probs}, {DNNL_ARG_DIFF_DST, upstream}, {DNNL_ARG_DIFF_SRC, grad}});
    stream.wait();
  }
};

bool offers(const Shape& shape, const Form& form) {
  return shape.layout == Layout::rows && to_string(form) == to_string(cases::TargetKind::labels);
}

PeerCall prepare(const Workload<float>& workload, const Form& form, Reduction reduction,
                 bool gradient) {
  if (!offers(workload.shape, form)) return {};
  const double divisor = reference::Divisor(AnyProblem(workload.problem(form, reduction))).value();
  const auto primitives = std::make_shared<Primitives>(workload, -1 / divisor, gradient);
  const MatrixView<float> log_probs = workload.shape.matrix(primitives->of_log_probs.data());
  const auto run = [=, loss = workload.loss.data(), labels = workload.labels.data()] {
    primitives->run_forward();
    if (reduction == Reduction::none) {
      for (std::ptrdiff_t i = 0; i < log_probs.rows; ++i) loss[i] = -log_probs(i, labels[i]);
    } else {
      double sum = 0;
      for (std::ptrdiff_t i = 0; i < log_probs.rows; ++i)
        sum -= static_cast<double>(log_probs(i, labels[i]));
      loss[0] = static_cast<float>(sum / divisor);
    }
    if (gradient) primitives->run_backward();
  };
  return {.run = run, .deliver = [] {}};
}

std::string version() {
  const dnnl_version_t* v = dnnl_version();
  return "oneDNN " + std::to_string(v->major) + "." + std::to_string(v->minor) + "." +
         std::to_string(v->patch);
}

std::string instruction_set() {
  switch (dnnl::get_effective_cpu_isa()) {
    case dnnl::cpu_isa::sse41: return "SSE4.1";
    case dnnl::cpu_isa::avx: return "AVX";
    case dnnl::cpu_isa::avx2: return "AVX2";
    case dnnl::cpu_isa::avx2_vnni: return "AVX2 VNNI";
    case dnnl::cpu_isa::avx512_core: return "AVX512";
    case dnnl::cpu_isa::avx512_core_vnni: return "AVX512 VNNI";
    case dnnl::cpu_isa::avx512_core_bf16: return "AVX512 BF16";
    case dnnl::cpu_isa::avx512_core_amx: return "AVX512 AMX";
    default: return "unknown";
  }
}

}  // namespace

extern const Peer peer_onednn;
const Peer peer_onednn = {.name = "onednn",
                          .version = version,
                          .instruction_set = instruction_set,
                          .use_threads = omp_set_num_threads,
                          .f32 = prepare};

}  // namespace xent::bench
