// SPDX-License-Identifier: MIT
// JudgedRows: a few rows given by their numbers, computed by every implementation in whose domain
// they lie, on every instruction set, and judged by the reference against the contract.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <xent/implementation.hpp>

#include "properties/judging/judgement.hpp"
#include "reference/judging/judge.hpp"

namespace xent::tests {

/// The probabilities of a row of csr, by their classes.
using FewProbs = std::map<std::int64_t, double>;

/// The numbers of a problem; `labels`, `csr` or `probs`.
struct Rows {
  std::vector<std::vector<double>> logits = {};
  std::vector<std::int64_t> labels = {};
  std::vector<std::vector<double>> probs = {};
  std::vector<FewProbs> csr = {};
  std::vector<double> weight = {};
  std::vector<double> row_weight = {};
  double smoothing = 0;
  double z_loss = 0;
  double temperature = 0;
  double softcap = 0;
  Reduction reduction = Reduction::none;
};

template <class T>
std::vector<T> elements(const std::vector<double>& numbers) {
  std::vector<T> all;
  all.reserve(numbers.size());
  for (const double x : numbers) all.push_back(static_cast<T>(x));
  return all;
}
template <class T>
std::vector<T> elements(const std::vector<std::vector<double>>& rows) {
  std::vector<T> all;
  for (const auto& row : rows)
    for (const double x : row) all.push_back(static_cast<T>(x));
  return all;
}

/// The results of one kernel.
template <class T>
struct RowResults {
  std::vector<LossOf<T>> loss, lse;
  std::vector<T> grad;

  RowResults(std::ptrdiff_t losses, std::ptrdiff_t rows, std::ptrdiff_t classes)
      : loss(static_cast<std::size_t>(losses), LossOf<T>{77}),
        lse(static_cast<std::size_t>(rows), LossOf<T>{77}),
        grad(static_cast<std::size_t>(rows * classes), static_cast<T>(77.0F)) {}
  Outputs<T> outputs() {
    return {.loss = {loss.data(), std::ssize(loss)},
            .grad = row_major<T>(grad.data(), std::ssize(lse), std::ssize(grad) / std::ssize(lse)),
            .lse = {lse.data(), std::ssize(lse)}};
  }
};

template <class T>
class JudgedRows {
 public:
  explicit JudgedRows(const Rows& rows)
      : logits_(elements<T>(rows.logits)),
        probs_(elements<T>(rows.probs)),
        weight_(elements<T>(rows.weight)),
        row_weight_(elements<LossOf<T>>(rows.row_weight)),
        labels_(rows.labels) {
    const std::ptrdiff_t n = std::ssize(rows.logits);
    const std::ptrdiff_t classes = std::ssize(rows.logits.front());
    problem_.logits = row_major<const T>(logits_.data(), n, classes);
    problem_.targets = Labels<std::int64_t>{labels_.data(), n};
    if (labels_.empty()) problem_.targets = row_major<const T>(probs_.data(), n, classes);
    if (!rows.csr.empty()) take_csr(rows.csr);
    problem_.options.reduction = rows.reduction;
    problem_.options.label_smoothing = rows.smoothing;
    problem_.options.z_loss = rows.z_loss;
    problem_.options.temperature = rows.temperature;
    problem_.options.softcap = rows.softcap;
    if (!weight_.empty()) problem_.weight = {weight_.data(), classes};
    if (!row_weight_.empty()) problem_.row_weight = {row_weight_.data(), n};
  }
  JudgedRows(const JudgedRows&) = delete;
  JudgedRows& operator=(const JudgedRows&) = delete;
  ~JudgedRows() = default;

  const Problem<T>& problem() const { return problem_; }

  RowResults<T> results() const {
    const std::ptrdiff_t rows = problem_.logits.rows;
    return {loss_size(problem_.options.reduction, rows), rows, problem_.logits.cols};
  }

  bool lies_in(const Domain& domain) const {
    const auto all = [](const auto& numbers, auto held) {
      return std::all_of(numbers.begin(), numbers.end(),
                         [&](auto x) { return held(static_cast<double>(x)); });
    };
    return problem_.logits.cols <= domain.max_classes && domain.holds_options(problem_.options) &&
           all(logits_, [&](double x) { return domain.holds_logit(x, problem_.options); }) &&
           all(weight_, [&](double x) { return domain.holds_weight(x); }) &&
           all(row_weight_, [&](double x) { return domain.holds_weight(x); }) &&
           all(probs_, [&](double x) { return domain.holds_prob(x); });
  }

  /// Expects every implementation to keep its contract; `seen` looks at each one's results.
  template <class Seen>
  void check(const std::string& what, Seen seen) const {
    int judged = 0;
    for (const Implementation* one : implementations()) {
      const Contract<T>& contract = one->contract<T>();
      if (contract.kernel == nullptr || !lies_in(contract.domain)) continue;
      for (const std::string& set :
           one->dispatched ? instruction_sets() : std::vector<std::string>{""}) {
        const std::string who =
            fmt::format("{}: {} {} {}", what, one->name, to_string(dtype_of<T>), set);
        RowResults<T> got = results();
        contract.kernel(problem_, got.outputs(),
                        {.instruction_set = find_instruction_set(set).value()});
        const auto judgement = reference::judge<T>(problem_, got.outputs(), &contract);
        expect_kept(judgement.loss, contract.tier, who + ": loss");
        expect_kept(judgement.grad, contract.tier, who + ": gradient");
        expect_kept(judgement.lse, contract.tier, who + ": log-sum-exp");
        seen(who, got);
        ++judged;
      }
    }
    EXPECT_GT(judged, 0) << what + ": some implementation takes it";
  }
  void check(const std::string& what) const {
    check(what, [](const std::string&, const RowResults<T>&) {});
  }

 private:
  void take_csr(const std::vector<FewProbs>& rows) {
    offsets_ = {0};
    for (const FewProbs& row : rows) {
      for (const auto& [label, prob] : row) {
        classes_.push_back(label);
        probs_.push_back(static_cast<T>(prob));
      }
      offsets_.push_back(std::ssize(classes_));
    }
    problem_.targets = Csr<T>{{offsets_.data(), std::ssize(offsets_)},
                              {classes_.data(), std::ssize(classes_)},
                              {probs_.data(), std::ssize(probs_)}};
  }

  static void expect_kept(const ErrorStats& stats, Tier tier, const std::string& what) {
    const auto breach = properties::breach(stats, tier);
    if (!breach) return;
    ADD_FAILURE() << fmt::format("{}, row {}, class {}: got {}, expected {}", what, breach->row,
                                 breach->column, breach->got, breach->expected);
  }

  std::vector<T> logits_, probs_, weight_;
  std::vector<LossOf<T>> row_weight_;
  std::vector<std::int64_t> labels_, offsets_, classes_;
  Problem<T> problem_;
};

}  // namespace xent::tests
