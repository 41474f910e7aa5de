// SPDX-License-Identifier: MIT
// The problem: logits and targets in, loss and gradient out.
//
//   loss_i = sum_j q_ij (lse_i - x_ij),   lse_i = log sum_j exp(x_ij)
//
// with x the logits, and q the targets: one-hot at the label y_i (labels), or given (probs).
#pragma once

#include <cstdint>
#include <string_view>
#include <variant>

#include <xent/view.hpp>

namespace xent {

/// How the losses of the rows [N] become the returned loss: themselves, their mean, their sum. The
/// mean divides by N.
enum class Reduction { none, mean, sum };

inline constexpr Reduction all_reductions[] = {Reduction::none, Reduction::mean, Reduction::sum};

constexpr std::string_view to_string(Reduction r) {
  return r == Reduction::none ? "none" : r == Reduction::mean ? "mean" : "sum";
}

/// `labels`: [N], element i in [0, C) is the class of row i.
template <class Index>
using Labels = VectorView<const Index>;

/// `probs`: [N, C], the weight of each class in each row; rows need not sum to 1. A one-hot matrix
/// is a special case.
template <class T>
using Probs = MatrixView<const T>;

template <class T>
using Targets = std::variant<Labels<std::int64_t>, Labels<std::int32_t>, Probs<T>>;

/// Names and meanings are those of torch.nn.functional.cross_entropy.
struct Options {
  Reduction reduction = Reduction::mean;
};

/// The inputs are the exact real numbers that the elements stand for.
template <class T>
struct Problem {
  MatrixView<const T> logits;  // x: [N, C]
  Targets<T> targets;
  Options options;
};

/// Where an implementation writes.
template <class T>
struct Outputs {
  VectorView<T> loss;  // [N] for Reduction::none, else [1]
  MatrixView<T> grad =
      {};  // d loss / d x: [N, C]; absent: loss only. It must not overlap the inputs.
};

/// Number of elements of the loss.
constexpr std::ptrdiff_t loss_size(Reduction reduction, std::ptrdiff_t rows) {
  return reduction == Reduction::none ? rows : 1;
}

}  // namespace xent
