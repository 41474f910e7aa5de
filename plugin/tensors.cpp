// SPDX-License-Identifier: MIT
#include "plugin/tensors.hpp"

#include <algorithm>
#include <initializer_list>
#include <type_traits>
#include <variant>

#include <dlpack/dlpack.h>

#include "plugin/shared_memory.hpp"

namespace xent::plugin {
namespace {

template <class V>
DLDataType type_of() {
  if (std::is_same_v<V, bf16>) return {kDLBfloat, 16, 1};
  const auto code = std::is_integral_v<V> ? kDLInt : kDLFloat;
  return {static_cast<std::uint8_t>(code), static_cast<std::uint8_t>(8 * sizeof(V)), 1};
}

/// Notes the tensors of one request.
struct Notes {
  Tensors& all;

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
      all.spans[role] = {reinterpret_cast<std::byte*>(base + least),
                         static_cast<std::size_t>((most - least + 1) * element)};
      tensor.data = static_cast<std::uint64_t>(-least * element);
    }
    all.wire[role] = tensor;
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

}  // namespace

template <class T>
Tensors tensors_of(const Problem<T>& problem, const Outputs<T>& out,
                   std::array<WireTensor, roles>& wire) {
  wire.fill({});
  Tensors all{.wire = wire};
  Notes notes{all};
  const std::int64_t inner = problem.logits.inner;
  notes.set(logits, problem.logits);
  std::visit(
      [&]<class Form>(const Form& form) {
        if constexpr (std::is_same_v<Form, Probs<T>>) {
          notes.set(probs, form);
        } else if constexpr (std::is_same_v<Form, Csr<T>>) {
          notes.set(csr_offsets, form.offsets);
          notes.set(csr_classes, form.classes);
          notes.set(csr_probs, form.probs);
        } else {
          notes.set_rows(labels, form, inner);
        }
      },
      problem.targets);
  if (problem.weight.data != nullptr) notes.set(weight, problem.weight);
  if (problem.row_weight.data != nullptr) notes.set_rows(row_weight, problem.row_weight, inner);
  if (problem.options.reduction == Reduction::none)
    notes.set_rows(loss, out.loss, inner);
  else
    notes.set(loss, out.loss);
  if (out.grad.data != nullptr) notes.set(grad, out.grad);
  if (out.lse.data != nullptr) notes.set_rows(lse, out.lse, inner);
  return all;
}

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

#define XENT_INSTANTIATE(T) \
  template Tensors tensors_of(const Problem<T>&, const Outputs<T>&, std::array<WireTensor, roles>&);
XENT_EACH_TYPE(XENT_INSTANTIATE)
#undef XENT_INSTANTIATE

}  // namespace xent::plugin
