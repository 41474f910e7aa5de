// SPDX-License-Identifier: MIT
// LaidCase: a random problem of the C interface, its tensors laid as chance has it, and the same
// problem as a kernel takes it, in arrays without gaps.
#pragma once

#include <deque>
#include <memory>
#include <vector>

#include <xent.h>

#include <xent/problem.hpp>

#include "cases/case.hpp"
#include "tests/library/laid_tensor.hpp"

namespace xent::tests {

/// The type of DLPack of the elements.
template <class T>
inline constexpr DLDataType type_of_dl{
    .code = std::is_same_v<T, bf16> ? kDLBfloat : kDLFloat, .bits = 8 * sizeof(T), .lanes = 1};
template <>
inline constexpr DLDataType type_of_dl<std::int64_t>{.code = kDLInt, .bits = 64, .lanes = 1};
template <>
inline constexpr DLDataType type_of_dl<std::int32_t>{.code = kDLInt, .bits = 32, .lanes = 1};

/// The axes of logits: a class axis among up to three axes of rows.
struct LaidShape {
  Index rows;  // without the classes
  std::int64_t classes = 1;
  std::size_t class_axis = 0;

  explicit LaidShape(Chance& chance);
  std::int64_t row_count() const;
  Index logits() const;
  /// The row of an index of the rows' shape, and of one of the logits'.
  std::size_t row_of(const Index& of_rows) const;
  Index without_class(const Index& of_logits) const;
};

/// A recipe of that many rows and classes.
cases::Recipe laid_recipe(DType dtype, std::int64_t rows, std::int64_t classes, Chance& chance);

template <class T>
class LaidCase {
 public:
  explicit LaidCase(Chance& chance);

  const Problem<T>& packed() const { return packed_; }
  const xent_problem& problem() const { return problem_; }
  const LaidShape& shape() const { return shape_; }
  const cases::Recipe& recipe() const { return case_.recipe; }
  LaidTensor<T>& logits() { return *logits_; }

 private:
  /// Lays `packed`, of the shape of the logits or of the rows, and makes it what the tensor then has.
  template <class V>
  std::unique_ptr<LaidTensor<V>> lay(std::vector<V>& packed, bool of_logits, Chance& chance);
  template <class V>
  std::unique_ptr<LaidTensor<V>> lay_line(const std::vector<V>& packed, Chance& chance);
  void lay_targets(Chance& chance);
  void set_options(Chance& chance);

  LaidShape shape_;
  cases::Case<T> case_;
  std::unique_ptr<LaidTensor<T>> logits_, probs_, csr_probs_, weight_;
  std::unique_ptr<LaidTensor<LossOf<T>>> row_weight_;
  std::unique_ptr<LaidTensor<std::int64_t>> labels_, csr_offsets_, csr_classes_;
  std::unique_ptr<LaidTensor<std::int32_t>> labels32_;
  Problem<T> packed_;
  xent_problem problem_{};
};

}  // namespace xent::tests
