// SPDX-License-Identifier: MIT
// HardRows: rows without end on which formulas and enclosures fail, in every form of targets, with
// and without weight and smoothing.
#pragma once

#include <algorithm>
#include <cmath>
#include <limits>
#include <random>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <xent/element.hpp>

#include "reference/row_problem.hpp"

namespace xent::tests {

/// The nearest number of that type.
inline double nearest_of(DType dtype, double x) {
  return with_dtype(dtype,
                    [x](auto zero) { return static_cast<double>(static_cast<decltype(zero)>(x)); });
}

inline std::string text(const reference::RowProblem& row) {
  const Options& o = row.options;
  return fmt::format(
      "{}{} x = {}, q = {}, w = {}, v = {}, eps = {}, k = {}, T = {}, s = {}, clip = {}",
      o.kl_divergence ? "divergence, " : "", to_string(o.input), row.logits, row.targets,
      row.weight, row.row_weight, o.label_smoothing, o.z_loss, o.temperature, o.softcap, o.clip);
}

class HardRows {
 public:
  explicit HardRows(std::uint64_t seed) : random_(seed) {}

  /// A row whose numbers are of that type. No special values but masked classes.
  reference::RowProblem row(DType dtype, std::ptrdiff_t classes) {
    dtype_ = dtype;
    reference::RowProblem row;
    const int kind = pick(9);
    for (std::ptrdiff_t j = 0; j < classes; ++j) row.logits.push_back(finite(logit(kind, j)));
    row.targets.resize(row.logits.size());
    const auto one = static_cast<std::size_t>(pick(static_cast<int>(classes)));
    const int form = pick(3);
    if (form == 0) row.label = static_cast<std::ptrdiff_t>(one);
    if (form == 1)
      for (double& q : row.targets) q = finite(probability());
    if (form == 2)
      for (int k = 0; k < 3; ++k)
        row.targets[static_cast<std::size_t>(pick(static_cast<int>(classes)))] =
            finite(probability());
    if (form != 1) row.targets[one] = 1;
    mask(row, static_cast<std::size_t>(pick(static_cast<int>(classes))));
    const int kind_of_weight = pick(4);
    for (std::ptrdiff_t j = 0; j < classes && kind_of_weight != 0; ++j)
      row.weight.push_back(finite(weight(kind_of_weight)));
    constexpr double smoothings[] = {0, 0, 0.1, 1, 0x1p-30, 0.5};
    row.options.label_smoothing = smoothings[pick(6)];
    constexpr double z_losses[] = {0, 0, 0, 1e-4, 0.5, 0.1, 0x1p-100};
    row.options.z_loss = z_losses[pick(7)];
    constexpr double temperatures[] = {0, 0, 0, 0, 0.7, 2, 0x1p-10, 0x1p10};
    row.options.temperature = temperatures[pick(8)];
    constexpr double softcaps[] = {0, 0, 0, 0, 30, 1, 0x1p-10, 0x1p10};
    row.options.softcap = softcaps[pick(8)];
    constexpr double row_weights[] = {1, 1, 1, 0, -1, 0.7, 0x1p40, 3, -0x1p-40};
    row.row_weight = nearest_of(loss_dtype_of(dtype), row_weights[pick(9)]);
    constexpr Input inputs[] = {Input::logits, Input::logits,    Input::logits,
                                Input::logits, Input::log_probs, Input::probs};
    if (const Input input = inputs[pick(6)]; input != Input::logits) give(input, row);
    row.options.kl_divergence = row.label < 0 && row.weight.empty() && pick(2) == 0;
    return row;
  }

 private:
  /// Makes the logits what is given in their place: any numbers, and probabilities that are mostly
  /// in [0, 1], some near 1.
  void give(Input input, reference::RowProblem& row) {
    row.options.input = input;
    row.options.z_loss = row.options.temperature = row.options.softcap = 0;
    if (input == Input::log_probs) return;
    constexpr double clips[] = {0, 0, 1e-7, 0.25, 0x1p-149};
    row.options.clip = clips[pick(5)];
    for (double& x : row.logits) {
      const double size = std::abs(x);
      const int kind = pick(4);
      x = finite(kind == 0 ? size : kind == 1 ? 1 - 1 / (2 + size) : 1 / (1 + size));
    }
  }

  int pick(int below) { return static_cast<int>(random_() % static_cast<std::uint64_t>(below)); }
  /// In [0, 1).
  double uniform() { return static_cast<double>(random_() >> 11U) * 0x1p-53; }
  double sign() { return pick(2) == 0 ? 1 : -1; }

  /// The nearest finite number of the type.
  double finite(double x) const {
    const double largest = format_of(dtype_).largest;
    return nearest_of(dtype_, std::min(std::max(x, -largest), largest));
  }

  double logit(int kind, std::ptrdiff_t j) {
    const double ulp = 2 * format_of(dtype_).unit_roundoff();
    constexpr double gaps[] = {0, 16.5, 87, 104, 708, 740, 2000};
    switch (kind) {
      case 0: return 20 * uniform() - 10;
      case 1: return std::ldexp(2 * uniform() - 1, pick(40) - 30);
      case 2: return 1 + ulp * pick(4);           // near-ties
      case 3: return pick(2);                     // ties
      case 4: return -gaps[pick(7)];              // deep gaps
      case 5: return j == 1 ? 0x1p24 : -pick(3);  // a tail that vanishes
      case 6: return sign() * format_of(dtype_).largest / (1 + pick(2));
      case 7:
        return 0x1p20 * (1 + ulp * pick(9));  // offset
      // Distances that are ties of the shorter formats, and a tail below them.
      default: return j % 2 == 0 ? 0 : 512 + 0.25 * pick(2000);
    }
  }

  double probability() {
    switch (pick(4)) {
      case 0: return 0;
      case 1: return 0x1p-40 * uniform();
      case 2: return -uniform();
      default: return uniform();
    }
  }

  double weight(int kind) {
    if (pick(8) == 0) return 0;
    if (kind == 1) return 0.5 + uniform();
    if (kind == 2) return std::ldexp(1 + uniform(), pick(200) - 100);
    return sign() * uniform();
  }

  /// Of some rows, masks every third class; not that one.
  void mask(reference::RowProblem& row, std::size_t kept) {
    if (pick(4) != 0) return;
    for (std::size_t j = 0; j < row.logits.size(); j += 3)
      if (j != kept) row.logits[j] = -std::numeric_limits<double>::infinity();
  }

  std::mt19937_64 random_;
  DType dtype_ = DType::f64;
};

}  // namespace xent::tests
