// SPDX-License-Identifier: MIT
// The targets of one row of the mutants' kernel, with the places where a mistake can be:
//
//   c_j = w_j ((1 - eps) q_j + eps / C)
#pragma once

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <variant>
#include <vector>

#include <xent/problem.hpp>

namespace xent::tests {

enum class Mistake {
  none,
  unshifted,
  p_minus_one,
  nan_dropped,
  negative_zero,
  base_two,
  shift_added_back,
  first_maximum,
  sign_of_small,
  label_left_out,
  tail_dropped,
  odd_rows_apart,
  mean_of_one_more,
  label_off_by_one,
  gradient_unscaled,
  gradient_truncated,
  mask_is_finite,
  stride_ignored,
  stateful,
  placed,
  mean_unweighted,
  ignored_counted,
  ignored_read,
  weight_of_next,
  weight_unsigned,
  zero_times_weight,
  smoothed_by_others,
  csr_from_start,
  csr_stride_ignored,
  lse_without_maximum,
  written_too_soon,
  subnormal_rounded,
  rise_unscaled,
  exponents_unaligned,
  z_without_gradient,
  z_weighted,
  row_weight_counted,
  row_weight_of_next,
  row_weight_of_loss_alone,
  slope_left_out,
  divided_before_capped,
  mask_capped,
  logarithm_left_out,
  clip_with_slope,
  entropy_left_out,
  callers_meet,
};

template <class T, Mistake mistake>
struct MutantTargets {
  std::ptrdiff_t label = -1;  // of labels that are not ignored
  bool ignored = false;
  std::vector<long double> c;  // [C]
  long double factor = 1;      // of labels without smoothing: w_y where it is no finite number
  long double z_loss = 0;      // k
  bool divergence = false;
  long double row_weight = 1;  // v, where it is finite
  bool known = true;           // false: v is not finite, and the sign of the results is not known

  MutantTargets(const Problem<T>& problem, std::ptrdiff_t i) {
    c.assign(static_cast<std::size_t>(problem.logits.cols), 0);
    std::visit([&](const auto& targets) { read(problem, targets, i); }, problem.targets);
    if (ignored) return;
    z_loss = problem.options.z_loss;
    divergence = problem.options.kl_divergence;
    if (mistake == Mistake::z_weighted && label >= 0) z_loss *= weight(problem, label);
    const auto eps = static_cast<long double>(problem.options.label_smoothing);
    const auto classes = static_cast<long double>(problem.logits.cols);
    const long double share =
        eps / (mistake == Mistake::smoothed_by_others ? classes - 1 : classes);
    for (std::ptrdiff_t j = 0; j < problem.logits.cols; ++j) {
      long double& c_j = c[static_cast<std::size_t>(j)];
      if (eps != 0) c_j = (1 - eps) * c_j + share;
      if (problem.weight.data != nullptr) weigh(weight(problem, j), eps, c_j);
    }
    row_weight = row_weight_of(problem, i);
    if (std::isfinite(row_weight)) return;
    known = label >= 0 && eps == 0 && z_loss == 0;
    factor *= row_weight;
    row_weight = 1;
  }

  /// What a divergence adds to the term of class j: log c_j.
  long double log_of(std::size_t j) const {
    return !divergence || mistake == Mistake::entropy_left_out ? 0 : std::log(c[j]);
  }

  static long double row_weight_of(const Problem<T>& problem, std::ptrdiff_t i) {
    if (problem.row_weight.data == nullptr) return 1;
    if (mistake == Mistake::row_weight_of_next) i = (i + 1) % problem.row_weight.size;
    return static_cast<long double>(problem.row_weight[i]);
  }

  static long double weight(const Problem<T>& problem, std::ptrdiff_t j) {
    if (problem.weight.data == nullptr) return 1;
    if (mistake == Mistake::weight_of_next) j = (j + 1) % problem.weight.size;
    const auto w = static_cast<long double>(problem.weight[j]);
    return mistake == Mistake::weight_unsigned ? std::fabs(w) : w;
  }

 private:
  void weigh(long double w, long double eps, long double& c_j) {
    if (mistake != Mistake::zero_times_weight && (w == 0 || c_j == 0))
      c_j = 0;
    else if (label >= 0 && eps == 0 && !std::isfinite(w) && c_j == 1)
      factor = w;
    else
      c_j *= w;
  }

  template <class Index>
  void read(const Problem<T>& problem, const Labels<Index>& labels, std::ptrdiff_t i) {
    ignored = problem.options.ignore_index == labels[i];
    if (ignored) return;
    label = static_cast<std::ptrdiff_t>(labels[i]);
    if (mistake == Mistake::label_off_by_one) label = (label + 1) % problem.logits.cols;
    c[static_cast<std::size_t>(label)] = 1;
  }

  void read(const Problem<T>&, const Probs<T>& probs, std::ptrdiff_t i) {
    for (std::size_t j = 0; j < c.size(); ++j)
      c[j] = static_cast<long double>(probs(i, static_cast<std::ptrdiff_t>(j)));
  }

  void read(const Problem<T>&, const Csr<T>& csr, std::ptrdiff_t i) {
    const std::int64_t begin = mistake == Mistake::csr_from_start ? 0 : csr.offsets[i];
    for (std::int64_t k = 0; k < csr.offsets[i + 1] - csr.offsets[i]; ++k) {
      const auto j = static_cast<std::size_t>(csr.classes[begin + k]);
      const bool packed = mistake == Mistake::csr_stride_ignored && csr.probs.stride > 0;
      c[j] = static_cast<long double>(packed ? csr.probs.data[begin + k] : csr.probs[begin + k]);
    }
  }
};

}  // namespace xent::tests
