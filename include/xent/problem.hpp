// SPDX-License-Identifier: MIT
// The problem: from logits and targets compute loss and gradient.
//
//   loss_i = v_i (sum_j c_ij (lse_i - z_ij) + k lse_i^2),   lse_i = log sum_j exp(z_ij)
//   c_ij   = w_j ((1 - eps) q_ij + eps / C),                z_ij  = s tanh(x_ij / s) / T
//
// x [N, C] are the logits, q [N, C] the targets (one-hot at the label y_i, or given), w [C] the
// weight of each class, v [N] that of each row, eps the label smoothing, k the factor of the
// z-loss, T the temperature and s the softcap; without them z_ij = x_ij, x_ij / T or s tanh(x_ij /
// s). A term with c_ij = 0 or v_i = 0 is 0, also where x_ij is -inf, which stays -inf under a
// softcap: it means that there is no such class. N may be 0; C is at least
// 1. docs/policy.md says what NaN, infinities and empty batches give.
//
// Where x are given log-probabilities or probabilities (Options::input), nothing is normalised:
// lse_i is 0 in the formula, and z_ij is x_ij or log x_ij (include/xent/log_prob.hpp).
//
// The Kullback-Leibler divergence (Options::kl_divergence) has lse_i - z_ij + log c_ij in the place
// of lse_i - z_ij: the entropy of the targets is subtracted.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <variant>

#include <xent/element.hpp>
#include <xent/view.hpp>

namespace xent {

/// How the losses of the rows [N] become the returned loss: they stay [N], or become their mean or
/// their sum, [1]. The mean divides their sum by N, against labels by the sum of w_(y_i) over the
/// rows that are not ignored.
enum class Reduction { none, mean, sum };

inline constexpr Reduction all_reductions[] = {Reduction::none, Reduction::mean, Reduction::sum};

constexpr std::string_view to_string(Reduction r) {
  return r == Reduction::none ? "none" : r == Reduction::mean ? "mean" : "sum";
}

/// What x is: logits; or log-probabilities, of which the loss is the negative log-likelihood
/// (torch.nn.functional.nll_loss); or probabilities, of which it is that of their logarithms.
enum class Input { logits, log_probs, probs };

inline constexpr Input all_inputs[] = {Input::logits, Input::log_probs, Input::probs};

constexpr std::string_view to_string(Input input) {
  return input == Input::logits ? "logits" : input == Input::log_probs ? "log-probs" : "probs";
}

/// Labels [N]: element i, in [0, C) or the ignored label, is the class of row i.
template <class Index>
using Labels = VectorView<const Index>;

/// Probabilities q [N, C]. Rows need not sum to 1, and q_ij may be any number. A one-hot matrix is
/// a special case.
template <class T>
using Probs = MatrixView<const T>;

/// Probabilities of a few classes in each row: row i has the classes classes[k] with the
/// probabilities probs[k] for offsets[i] <= k < offsets[i + 1]; every other q_ij is 0. The offsets,
/// [N + 1], begin with 0 and do not descend; classes and probs have offsets[N] elements; the
/// classes of a row ascend strictly.
template <class T>
struct Csr {
  VectorView<const std::int64_t> offsets;
  VectorView<const std::int64_t> classes;
  VectorView<const T> probs;
};

/// The targets of a problem, in one of the forms.
template <class T>
using Targets = std::variant<Labels<std::int64_t>, Labels<std::int32_t>, Probs<T>, Csr<T>>;

/// Lists the options that are one number, 0 where the option is not used:
/// macro(name, word, least, most, help), the word being its name in a recipe (cases/case.hpp). What
/// is offered and lacking, the ranges, the recipes, and the flag of the command line follow from
/// the line; the formula is that of impl/targets/row_options.hpp, of include/xent/mapped_logit.hpp
/// and of reference/.
// clang-format off
#define XENT_NUMBER_OPTIONS(macro)                                                   \
  macro(label_smoothing, smoothing, 0, 1, "Eps: the targets become (1 - eps) q + eps / C") \
  macro(z_loss, z_loss, 0, 0.5, "K: k lse^2 is added to the loss of each row")             \
  macro(temperature, temperature, 0x1p-10, 0x1p10, "T: the logits are divided by T")       \
  macro(softcap, softcap, 0x1p-10, 0x1p10, "S: logits x become S tanh(x / S), before a temperature") \
  macro(clip, clip, 0x1p-149, 0.25, "E: probabilities that are given are clipped to [E, 1 - E]")
// clang-format on

/// The options of a problem. Names and meanings are those of torch.nn.functional.cross_entropy:
/// label_smoothing is eps, in [0, 1]. z_loss is k, in [0, 1/2], so that 2 k lse_i is in the range:
/// k lse_i^2 is added to the loss of each row that is not ignored, and no class weight multiplies
/// it (Chowdhery et al., "PaLM", arXiv:2204.02311, section 5: k = 1e-4). temperature is T and
/// softcap is s, each in [2^-10, 2^10]; gradients are with respect to x (Hinton, Vinyals & Dean,
/// arXiv:1503.02531, section 2; Gemma Team, "Gemma 2", arXiv:2408.00118, section 2: s = 30). These
/// three need logits, and clip, which is E, in [2^-149, 1/4], needs probabilities: x below E counts
/// as E and x above 1 - E as 1 - E, with a gradient of 0 there (Keras clips with E = 1e-7).
struct Options {
  Reduction reduction = Reduction::mean;
  Input input = Input::logits;
  /// The loss is the divergence of the targets from the softmax; a c_ij below 0 makes it NaN.
  /// validate() refuses it with labels, which have no entropy, and with class weights, with which
  /// it is no divergence.
  bool kl_divergence = false;
  /// Rows with this label have loss 0 and gradient 0, whatever their logits, and do not count in
  /// the mean. It need not be a class. validate() refuses it without labels.
  std::optional<std::int64_t> ignore_index = {};
#define XENT_OPTION(name, ...) double name = 0;
  XENT_NUMBER_OPTIONS(XENT_OPTION)  // label_smoothing, z_loss, temperature, softcap, clip
#undef XENT_OPTION
};

/// A problem whose floating-point arrays have elements of type T, each of which stands for an exact
/// real number. The views own nothing: the arrays must outlive the call of a kernel.
template <class T>
struct Problem {
  MatrixView<const T> logits;  // x: [N, C], whatever Options::input says that they are
  Targets<T> targets;
  Options options = {};
  VectorView<const T> weight = {};  // w: [C]; absent: ones
  /// v: [N]; absent: ones. It multiplies the loss and the gradient of a row, as the gradient that
  /// comes from above does, and does not count in the divisor of the mean.
  VectorView<const LossOf<T>> row_weight = {};
};

/// Where an implementation writes. The loss and the log-sum-exp of 16-bit logits are f32; the
/// gradient has the type of the logits, and is rounded to it once.
template <class T>
struct Outputs {
  VectorView<LossOf<T>> loss;  // [N] for Reduction::none, else [1]
  /// d loss / d x of the returned loss: [N, C]; absent: none. It may be the logits themselves (in
  /// place: the same pointer and strides). Otherwise no output shares memory with an input, another
  /// output or itself.
  MatrixView<T> grad = {};
  /// log sum_j exp(z_ij): [N], of ignored rows too; absent: none. Only of logits.
  VectorView<LossOf<T>> lse = {};
};

/// Returns the number of elements of the loss.
constexpr std::ptrdiff_t loss_size(Reduction reduction, std::ptrdiff_t rows) {
  return reduction == Reduction::none ? rows : 1;
}

}  // namespace xent
