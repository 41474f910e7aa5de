// SPDX-License-Identifier: MIT
// The arrays of a workload as tensors of PyTorch, which copies none of them.
#pragma once

#include <cstdint>
#include <type_traits>
#include <vector>

#include <ATen/ATen.h>

#include "bench/workload/workload.hpp"
#include "reference/divisor.hpp"

namespace xent::bench {

template <class T>
constexpr at::ScalarType torch_type = std::is_same_v<T, float>          ? at::kFloat
                                      : std::is_same_v<T, double>       ? at::kDouble
                                      : std::is_same_v<T, std::int64_t> ? at::kLong
                                                                        : at::kBFloat16;

/// [N, C], or of more axes [N, C, D], in the strides of the shape.
template <class T>
at::Tensor torch_matrix(const Shape& shape, const Buffer<T>& array) {
  const MatrixView<T> view = shape.matrix(array.data());
  if (shape.inner == 1)
    return at::from_blob(array.data(), {shape.rows, shape.classes},
                         {view.row_stride, view.col_stride}, torch_type<T>);
  const bool by_rows = shape.layout != Layout::class_axis_1;
  return at::from_blob(array.data(), {shape.rows / shape.inner, shape.classes, shape.inner},
                       {by_rows ? shape.inner * view.row_stride : view.row_stride, view.col_stride,
                        by_rows ? view.row_stride : view.inner_stride},
                       torch_type<T>);
}

/// [N], or of more axes [N, D].
template <class T>
at::Tensor torch_vector(const Shape& shape, const Buffer<T>& array) {
  if (shape.inner == 1) return at::from_blob(array.data(), {shape.rows}, torch_type<T>);
  return at::from_blob(array.data(), {shape.rows / shape.inner, shape.inner}, torch_type<T>);
}

/// A form on a workload in the words of torch.nn.functional.cross_entropy.
struct TorchProblem {
  at::Tensor logits, targets;
  at::Tensor weight, row_weight;  // undefined where there is none
  bool has_labels = true;
  std::int64_t reduction = at::Reduction::None;
  double divisor = 1;  // of the sum of the losses

  /// The sizes of the loss.
  std::vector<std::int64_t> loss_sizes() const {
    if (reduction != at::Reduction::None) return {};
    std::vector<std::int64_t> sizes = logits.sizes().vec();
    sizes.erase(sizes.begin() + 1);
    return sizes;
  }
  std::vector<std::int64_t> all_axes() const {
    std::vector<std::int64_t> axes;
    for (std::int64_t k = 0; k < logits.dim(); ++k) axes.push_back(k);
    return axes;
  }
};

template <class T>
TorchProblem torch_problem(const Workload<T>& w, const Form& form, Reduction reduction) {
  TorchProblem made;
  made.logits = torch_matrix(w.shape, w.logits);
  made.has_labels = form.targets == cases::TargetKind::labels;
  made.targets = made.has_labels ? torch_vector(w.shape, w.labels_of(form))
                                 : torch_matrix(w.shape, w.dense(form));
  if (form.weighted) made.weight = at::from_blob(w.weight.data(), {w.shape.classes}, torch_type<T>);
  if (form.row_weighted) made.row_weight = torch_vector(w.shape, w.row_weight);
  made.reduction = reduction == Reduction::none   ? at::Reduction::None
                   : reduction == Reduction::mean ? at::Reduction::Mean
                                                  : at::Reduction::Sum;
  made.divisor = reference::Divisor(AnyProblem(w.problem(form, reduction))).value();
  return made;
}

}  // namespace xent::bench
