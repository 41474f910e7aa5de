// SPDX-License-Identifier: MIT
// The problem: logits and targets in, loss and gradient out.
//
//   loss_i = sum_j c_ij (lse_i - x_ij),   lse_i = log sum_j exp(x_ij)
//   c_ij   = w_j ((1 - eps) q_ij + eps / C)
//
// with x the logits, q the targets (one-hot at the label y_i, or given), w the weight of each class
// and eps the label smoothing. A term with c_ij = 0 is 0.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <variant>

#include <xent/element.hpp>
#include <xent/view.hpp>

namespace xent {

/// How the losses of the rows [N] become the returned loss: themselves, their mean, their sum. The
/// mean divides by N; for labels, by the sum of w_(y_i) over the rows that are not ignored.
enum class Reduction { none, mean, sum };

inline constexpr Reduction all_reductions[] = {Reduction::none, Reduction::mean, Reduction::sum};

constexpr std::string_view to_string(Reduction r) {
  return r == Reduction::none ? "none" : r == Reduction::mean ? "mean" : "sum";
}

/// `labels`: [N], element i in [0, C) is the class of row i.
template <class Index>
using Labels = VectorView<const Index>;

/// `probs`: [N, C], q; rows need not sum to 1. A one-hot matrix is a special case.
template <class T>
using Probs = MatrixView<const T>;

/// `csr`: q with a few classes in each row. Row i holds the classes classes[k] with the
/// probabilities probs[k], offsets[i] <= k < offsets[i + 1]; every other q_ij is 0. The classes of
/// a row ascend strictly; offsets [N + 1] begin with 0.
template <class T>
struct Csr {
  VectorView<const std::int64_t> offsets;
  VectorView<const std::int64_t> classes;
  VectorView<const T> probs;
};

template <class T>
using Targets = std::variant<Labels<std::int64_t>, Labels<std::int32_t>, Probs<T>, Csr<T>>;

/// Names and meanings are those of torch.nn.functional.cross_entropy.
struct Options {
  Reduction reduction = Reduction::mean;
  /// Rows of this label have loss 0 and gradient 0, whatever their logits, and do not count in the
  /// mean. It need not be a class. Only with labels.
  std::optional<std::int64_t> ignore_index = {};
  double label_smoothing = 0;  // eps, in [0, 1]
};

/// The inputs are the exact real numbers that the elements stand for.
template <class T>
struct Problem {
  MatrixView<const T> logits;  // x: [N, C]
  Targets<T> targets;
  Options options = {};
  VectorView<const T> weight = {};  // w: [C]; absent: ones
};

/// Where an implementation writes. Of 16-bit logits the loss and the log-sum-exp are f32; the
/// gradient is of the logits' type, rounded to it once.
template <class T>
struct Outputs {
  VectorView<LossOf<T>> loss;  // [N] for Reduction::none, else [1]
  /// d loss / d x: [N, C]; absent: none. It may be the very elements of the logits (in place: same
  /// pointer, same strides). Else no output shares memory with an input, an output or itself.
  MatrixView<T> grad = {};
  VectorView<LossOf<T>> lse = {};  // log sum_j exp(x_ij): [N], of ignored rows too; absent: none
};

/// Number of elements of the loss.
constexpr std::ptrdiff_t loss_size(Reduction reduction, std::ptrdiff_t rows) {
  return reduction == Reduction::none ? rows : 1;
}

}  // namespace xent
