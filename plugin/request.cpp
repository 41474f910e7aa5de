// SPDX-License-Identifier: MIT
#include "plugin/request.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <type_traits>
#include <variant>

#include <dlpack/dlpack.h>

#include "plugin/canary.hpp"

namespace xent::plugin {
namespace {

/// Bytes of the caller's memory: those from the first to the last element of a tensor.
struct Span {
  std::byte* first = nullptr;
  std::size_t size = 0;
};

template <class V>
DLDataType type_of() {
  if (std::is_same_v<V, bf16>) return {kDLBfloat, 16, 1};
  const auto code = std::is_integral_v<V> ? kDLInt : kDLFloat;
  return {static_cast<std::uint8_t>(code), static_cast<std::uint8_t>(8 * sizeof(V)), 1};
}

/// The tensors of one request, with the memory that each is copied from.
struct Tensors {
  std::array<WireTensor, roles>& wire;
  std::array<Span, roles> spans = {};

  /// Notes a tensor; its data are in bytes from its first one, and are moved when it is laid out.
  template <class V>
  void set(Role role, V* data, std::initializer_list<std::int64_t> shape,
           std::initializer_list<std::int64_t> strides) {
    using Value = std::remove_const_t<V>;
    WireTensor tensor{.axes = static_cast<std::int32_t>(shape.size()),
                      .code = type_of<Value>().code,
                      .bits = type_of<Value>().bits};
    std::copy(shape.begin(), shape.end(), tensor.shape.begin());
    std::copy(strides.begin(), strides.end(), tensor.strides.begin());
    std::int64_t least = 0;
    std::int64_t most = 0;
    bool empty = false;
    for (std::size_t k = 0; k < shape.size(); ++k) {
      const std::int64_t reach = (tensor.shape[k] - 1) * tensor.strides[k];
      (reach < 0 ? least : most) += reach;
      empty = empty || tensor.shape[k] == 0;
    }
    const auto element = static_cast<std::int64_t>(sizeof(V));
    if (!empty) {
      auto* const base = const_cast<Value*>(data);  // only outputs are written to
      spans[role] = {reinterpret_cast<std::byte*>(base + least),
                     static_cast<std::size_t>((most - least + 1) * element)};
      tensor.data = static_cast<std::uint64_t>(-least * element);
    }
    wire[role] = tensor;
  }
  /// A vector of the rows: with an axis for those of an array of more axes.
  template <class V>
  void set_rows(Role role, const VectorView<V>& v, std::int64_t inner) {
    if (inner == 1 || v.size == 0) return set(role, v.data, {v.size}, {v.stride});
    set(role, v.data, {v.size / inner, inner}, {inner * v.stride, v.stride});
  }
  template <class V>
  void set(Role role, const VectorView<V>& v) {
    set(role, v.data, {v.size}, {v.stride});
  }
  template <class V>
  void set(Role role, const MatrixView<V>& m) {
    if (m.inner == 1) return set(role, m.data, {m.rows, m.cols}, {m.row_stride, m.col_stride});
    set(role, m.data, {m.rows / m.inner, m.cols, m.inner},
        {m.row_stride, m.col_stride, m.inner_stride});
  }
};

template <class T>
Tensors tensors_of(const Problem<T>& problem, const Outputs<T>& out,
                   std::array<WireTensor, roles>& wire) {
  wire.fill({});
  Tensors all{.wire = wire};
  const std::int64_t inner = problem.logits.inner;
  all.set(logits, problem.logits);
  std::visit(
      [&]<class Form>(const Form& form) {
        if constexpr (std::is_same_v<Form, Probs<T>>) {
          all.set(probs, form);
        } else if constexpr (std::is_same_v<Form, Csr<T>>) {
          all.set(csr_offsets, form.offsets);
          all.set(csr_classes, form.classes);
          all.set(csr_probs, form.probs);
        } else {
          all.set_rows(labels, form, inner);
        }
      },
      problem.targets);
  if (problem.weight.data != nullptr) all.set(weight, problem.weight);
  if (problem.row_weight.data != nullptr) all.set_rows(row_weight, problem.row_weight, inner);
  if (problem.options.reduction == Reduction::none)
    all.set_rows(loss, out.loss, inner);
  else
    all.set(loss, out.loss);
  if (out.grad.data != nullptr) all.set(grad, out.grad);
  if (out.lse.data != nullptr) all.set_rows(lse, out.lse, inner);
  return all;
}

void set_options(const Options& options, Request& request) {
  request.reduction = options.reduction == Reduction::mean  ? 0
                      : options.reduction == Reduction::sum ? 1
                                                            : 2;
  request.input = static_cast<std::int32_t>(options.input);
  request.kl_divergence = options.kl_divergence ? 1 : 0;
  request.has_ignore_index = options.ignore_index ? 1 : 0;
  request.ignore_index = options.ignore_index.value_or(0);
#define XENT_OPTION(name, ...) request.name = options.name;
  XENT_NUMBER_OPTIONS(XENT_OPTION)
#undef XENT_OPTION
}

/// Gives each tensor its place, and returns how large the arena has to be.
std::size_t lay_out(Tensors& all, bool in_place) {
  std::size_t at = page_size();  // of guard
  for (std::size_t role = 0; role < roles; ++role) {
    WireTensor& tensor = all.wire[role];
    if (tensor.axes < 0 || (role == grad && in_place)) continue;
    at += whole_pages(all.spans[role].size);
    tensor.end = at;
    tensor.begin = at - all.spans[role].size;
    tensor.data += tensor.begin;
    at += page_size();
  }
  if (in_place) all.wire[grad] = all.wire[logits];
  return at;
}

}  // namespace

template <class T>
void make_request(const Problem<T>& problem, const Outputs<T>& out, const Execution& execution,
                  Request& request, SharedMemory& arena) {
  Tensors all = tensors_of(problem, out, request.tensors);
  request.in_place = out.grad.data != nullptr && out.grad.data == problem.logits.data;
  request.threads = execution.threads;
  set_options(problem.options, request);
  if (const std::size_t size = lay_out(all, request.in_place); size > arena.size())
    arena.grow(std::max(size, 2 * arena.size()));  // seldom, since the worker has to map it again
  request.arena_size = arena.size();
  for (std::size_t role = 0; role < roles; ++role) {
    const WireTensor& tensor = all.wire[role];
    if (tensor.axes < 0 || (role == grad && request.in_place)) continue;
    put_canaries(arena.data(), tensor.begin / page_size() * page_size(), tensor.begin);
    if (all.spans[role].size > 0)
      std::memcpy(arena.data() + tensor.begin, all.spans[role].first, all.spans[role].size);
  }
}

template <class T>
void take_outputs(const Outputs<T>& out, const Request& request, const SharedMemory& arena) {
  const auto take = [&](Role role, auto* data) {
    const WireTensor& tensor = request.tensors[role];
    if (tensor.axes < 0 || tensor.begin == tensor.end) return;
    auto* const first = reinterpret_cast<std::byte*>(data) - (tensor.data - tensor.begin);
    std::memcpy(first, arena.data() + tensor.begin, tensor.end - tensor.begin);
  };
  take(loss, out.loss.data);
  take(grad, out.grad.data);
  take(lse, out.lse.data);
}

#define XENT_INSTANTIATE(T)                                                                    \
  template void make_request(const Problem<T>&, const Outputs<T>&, const Execution&, Request&, \
                             SharedMemory&);                                                   \
  template void take_outputs(const Outputs<T>&, const Request&, const SharedMemory&);
XENT_EACH_TYPE(XENT_INSTANTIATE)
#undef XENT_INSTANTIATE

}  // namespace xent::plugin
