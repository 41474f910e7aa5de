// SPDX-License-Identifier: MIT
// AnyProblem is a problem, and AnyOutputs its results, with the element type as a value. Logits,
// targets, weights and results may each have another type.
#pragma once

#include <cstddef>
#include <cstdint>
#include <type_traits>
#include <variant>

#include <xent/element.hpp>
#include <xent/problem.hpp>

namespace xent {

/// Returns element `index` of an array of that type, exactly.
inline double element_at(const void* data, DType dtype, std::ptrdiff_t index) {
  return with_dtype(
      dtype, [&]<class T>(T) { return static_cast<double>(static_cast<const T*>(data)[index]); });
}

/// A VectorView of any element type, read as double.
struct AnyVector {
  const void* data = nullptr;
  DType dtype = DType::f32;
  std::ptrdiff_t size = 0;
  std::ptrdiff_t stride = 1;

  AnyVector() = default;
  template <class T>
  AnyVector(const VectorView<T>& v)  // NOLINT(google-explicit-constructor): the same view
      : data(v.data), dtype(dtype_of<std::remove_const_t<T>>), size(v.size), stride(v.stride) {}
  double operator[](std::ptrdiff_t j) const { return element_at(data, dtype, j * stride); }
};

/// A MatrixView of any element type, read as double.
struct AnyMatrix {
  const void* data = nullptr;
  DType dtype = DType::f32;
  MatrixView<const std::byte> layout = {};  // the shape and the strides, in elements; no data

  AnyMatrix() = default;
  template <class T>
  AnyMatrix(const MatrixView<T>& m)  // NOLINT(google-explicit-constructor): the same view
      : data(m.data), dtype(dtype_of<std::remove_const_t<T>>), layout{nullptr,       m.rows,
                                                                      m.cols,        m.row_stride,
                                                                      m.col_stride,  m.inner,
                                                                      m.inner_stride} {}
  AnyMatrix(const void* elements, DType type, const MatrixView<const std::byte>& places)
      : data(elements), dtype(type), layout(places) {}

  std::ptrdiff_t rows() const { return layout.rows; }
  std::ptrdiff_t cols() const { return layout.cols; }
  double operator()(std::ptrdiff_t i, std::ptrdiff_t j) const {
    return element_at(data, dtype, layout.row_offset(i) + j * layout.col_stride);
  }
};

/// A Csr whose probabilities are of any element type.
struct AnyCsr {
  VectorView<const std::int64_t> offsets;
  VectorView<const std::int64_t> classes;
  AnyVector probs;
};

/// Targets in any form: labels, probabilities or csr.
using AnyTargets = std::variant<Labels<std::int64_t>, Labels<std::int32_t>, AnyMatrix, AnyCsr>;

/// A Problem of any element types.
struct AnyProblem {
  AnyMatrix logits;
  AnyTargets targets;
  Options options = {};
  AnyVector weight = {};      // absent: ones
  AnyVector row_weight = {};  // absent: ones

  AnyProblem() = default;
  template <class T>
  AnyProblem(const Problem<T>& p)  // NOLINT(google-explicit-constructor): the same problem
      : logits(p.logits), options(p.options), weight(p.weight), row_weight(p.row_weight) {
    if (const auto* csr = std::get_if<Csr<T>>(&p.targets))
      targets = AnyCsr{csr->offsets, csr->classes, csr->probs};
    else if (const auto* probs = std::get_if<Probs<T>>(&p.targets))
      targets = AnyMatrix(*probs);
    else if (const auto* labels = std::get_if<Labels<std::int32_t>>(&p.targets))
      targets = *labels;
    else
      targets = std::get<Labels<std::int64_t>>(p.targets);
  }
};

/// Results to be read: those of Outputs, each absent where its data is null.
struct AnyOutputs {
  AnyVector loss;       // [N] for Reduction::none, else [1]
  AnyMatrix grad = {};  // [N, C]
  AnyVector lse = {};   // [N]
  /// [N, C]: z_ij - lse_i, which only the reference computes.
  AnyMatrix log_softmax = {};

  AnyOutputs() = default;
  template <class T>
  AnyOutputs(const Outputs<T>& out)  // NOLINT(google-explicit-constructor): the same views
      : loss(out.loss), grad(out.grad), lse(out.lse) {}
};

}  // namespace xent
