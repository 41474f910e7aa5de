// SPDX-License-Identifier: MIT
// TwoClassBatch: a small problem and its results, correctly rounded, for tests of the judge to
// spoil.
#pragma once

#include <cmath>
#include <limits>
#include <vector>

#include "reference/judging/judge.hpp"

namespace xent::tests {

/// Three rows of two classes.
struct TwoClassBatch {
  std::vector<float> logits = {0, 0, 1, 3, -2, 5};
  std::vector<std::int64_t> labels = {0, 1, 0};
  std::vector<float> loss;
  std::vector<float> grad;
  Reduction reduction;

  explicit TwoClassBatch(Reduction r) : reduction(r) {
    double total = 0;
    for (std::size_t i = 0; i < labels.size(); ++i) {
      const auto y = static_cast<std::size_t>(labels[i]);
      const auto gap = static_cast<double>(logits[2 * i + 1 - y] - logits[2 * i + y]);
      const double row_loss = std::log1p(std::exp(gap));
      total += row_loss;
      loss.push_back(static_cast<float>(row_loss));
      const double scale = r == Reduction::mean ? 3 : 1;
      const auto p = static_cast<float>(1 / (1 + std::exp(-gap)) / scale);
      grad.push_back(y == 0 ? -p : p);
      grad.push_back(y == 0 ? p : -p);
    }
    if (r != Reduction::none) loss = {static_cast<float>(r == Reduction::mean ? total / 3 : total)};
  }

  Problem<float> problem() const {
    const std::ptrdiff_t rows = std::ssize(labels);
    return {.logits = row_major(logits.data(), rows, 2),
            .targets = Labels<std::int64_t>{labels.data(), rows, 1},
            .options = {.reduction = reduction}};
  }
  reference::Judgement judged(const Contract<float>* contract = nullptr,
                              const reference::JudgeOptions& options = {}) {
    const Outputs<float> got{.loss = {loss.data(), std::ssize(loss), 1},
                             .grad = row_major(grad.data(), std::ssize(labels), 2)};
    return reference::judge(problem(), got, contract, options);
  }
};

/// The next larger number.
inline float up(float x) { return std::nextafter(x, std::numeric_limits<float>::infinity()); }

}  // namespace xent::tests
