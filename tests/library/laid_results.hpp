// SPDX-License-Identifier: MIT
// LaidResults of the C interface: tensors for the results of a LaidCase, and what they should be.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/library/laid_case.hpp"

namespace xent::tests {

/// The results in arrays without gaps.
template <class T>
struct PackedResults {
  std::vector<LossOf<T>> loss, lse;
  std::vector<T> grad;

  Outputs<T> outputs(const Problem<T>& problem, bool with_grad, bool with_lse) {
    const std::ptrdiff_t rows = problem.logits.rows, classes = problem.logits.cols;
    loss.resize(static_cast<std::size_t>(loss_size(problem.options.reduction, rows)));
    Outputs<T> out{.loss = {loss.data(), std::ssize(loss)}};
    if (with_grad) {
      grad.resize(static_cast<std::size_t>(rows * classes));
      out.grad = row_major(grad.data(), rows, classes);
    }
    if (with_lse) {
      lse.resize(static_cast<std::size_t>(rows));
      out.lse = {lse.data(), rows};
    }
    return out;
  }
};

template <class T>
class LaidResults {
 public:
  /// Some have a gradient, which may lie in the place of the logits, and a log-sum-exp.
  LaidResults(LaidCase<T>& of, Chance& chance) : shape_(of.shape()) {
    const bool is_reduced = of.recipe().reduction != Reduction::none;
    const Index one = once_in(2, chance) ? Index{1} : Index{};
    loss_ = std::make_unique<LaidTensor<LossOf<T>>>(is_reduced ? one : shape_.rows,
                                                    type_of_dl<LossOf<T>>, chance, false);
    results.loss = &loss_->tensor;
    if (!once_in(4, chance)) {
      own_grad_ = std::make_unique<LaidTensor<T>>(shape_.logits(), type_of_dl<T>, chance, false);
      const bool in_place = once_in(3, chance) && are_distinct(of.logits().tensor);
      grad_ = in_place ? &of.logits() : own_grad_.get();
      results.grad = &grad_->tensor;
    }
    if (of.recipe().input == Input::logits && once_in(2, chance)) {
      lse_ = std::make_unique<LaidTensor<LossOf<T>>>(shape_.rows, type_of_dl<LossOf<T>>, chance,
                                                     false);
      results.lse = &lse_->tensor;
    }
  }

  /// Expects that each result has the bits of the packed one, and nothing else was written.
  void expect(const PackedResults<T>& packed, const std::string& what) {
    std::size_t k = 0;
    loss_->for_each([&](const Index& index) { same(loss_->get(index), packed.loss[k++], what); });
    k = 0;
    if (lse_)
      lse_->for_each([&](const Index& index) { same(lse_->get(index), packed.lse[k++], what); });
    if (grad_ != nullptr)
      grad_->for_each([&](const Index& index) {
        const std::size_t row = shape_.row_of(shape_.without_class(index));
        same(grad_->get(index),
             packed.grad[row * static_cast<std::size_t>(shape_.classes) +
                         static_cast<std::size_t>(index[shape_.class_axis])],
             what);
      });
    EXPECT_TRUE(loss_->is_junk_elsewhere()) << what;
    EXPECT_TRUE(!lse_ || lse_->is_junk_elsewhere()) << what;
    EXPECT_TRUE(grad_ == nullptr || grad_->is_junk_elsewhere()) << what;
  }

  xent_results results{
      .size = sizeof(xent_results), .loss = nullptr, .grad = nullptr, .lse = nullptr};

 private:
  /// Whether no axis of elements has the stride 0.
  static bool are_distinct(const DLTensor& tensor) {
    for (int k = 0; tensor.strides != nullptr && k < tensor.ndim; ++k)
      if (tensor.shape[k] > 1 && tensor.strides[k] == 0) return false;
    return true;
  }
  template <class V>
  static void same(V got, V expected, const std::string& what) {
    using Bytes = std::array<std::byte, sizeof(V)>;
    EXPECT_EQ(std::bit_cast<Bytes>(got), std::bit_cast<Bytes>(expected))
        << what << ": " << static_cast<double>(got) << ", not " << static_cast<double>(expected);
  }

  const LaidShape& shape_;
  std::unique_ptr<LaidTensor<LossOf<T>>> loss_, lse_;
  std::unique_ptr<LaidTensor<T>> own_grad_;
  LaidTensor<T>* grad_ = nullptr;
};

}  // namespace xent::tests
