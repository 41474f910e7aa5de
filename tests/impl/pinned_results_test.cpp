// SPDX-License-Identifier: MIT
// The pinned rows (pinned_rows.txt) by every implementation of the tier accurate or a higher one:
// each loss and each gradient component within its contract and within its tier, 3 and 5 ulp or
// less than 1. Left out are rows with weights or probabilities that are no numbers of the logits'
// type, or outside the domain.
#include <algorithm>
#include <fstream>
#include <map>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <xent/implementation.hpp>

#include "cases/view_of.hpp"
#include "properties/judging/judgement.hpp"
#include "tests/support/pinned_row.hpp"

namespace {

using namespace xent;
using tests::PinnedRow;

/// The arrays of a pinned row in its type.
template <class T>
class TypedRow {
 public:
  explicit TypedRow(const PinnedRow& row)
      : logits_(typed(row.numbers("logits"))),
        probs_(typed(row.numbers("probs"))),
        weight_(typed(row.numbers("weight"))),
        label_(row.integers("labels")),
        classes_(row.integers("csr")),
        offsets_{0, std::ssize(classes_)},
        loss_(1),
        grad_(logits_.size()) {
    if (row.has("ignore")) options_.ignore_index = row.integers("ignore").at(0);
    if (row.has("smoothing")) options_.label_smoothing = row.numbers("smoothing").at(0);
    options_.reduction = Reduction::none;
  }

  /// Whether the numbers are those of the row, and in the domain.
  bool is_in(const Domain& domain) const {
    const auto all = [](const std::vector<T>& numbers, auto holds) {
      return std::all_of(numbers.begin(), numbers.end(),
                         [&](T x) { return holds(static_cast<double>(x)); });
    };
    return exact_ && all(logits_, [&](double x) { return domain.holds_logit(x); }) &&
           all(probs_, [&](double q) { return domain.holds_prob(q); }) &&
           all(weight_, [&](double w) { return domain.holds_weight(w); }) &&
           domain.holds_options(options_);
  }

  Problem<T> problem() const {
    Targets<T> targets = Labels<std::int64_t>{label_.data(), std::ssize(label_)};
    if (!classes_.empty() || (label_.empty() && probs_.empty()))
      targets = Csr<T>{{offsets_.data(), 2}, cases::view_of(classes_), cases::view_of(probs_)};
    else if (label_.empty())
      targets = row_major<const T>(probs_.data(), 1, std::ssize(probs_));
    return {.logits = row_major<const T>(logits_.data(), 1, std::ssize(logits_)),
            .targets = targets,
            .options = options_,
            .weight = cases::view_of(weight_)};
  }
  Outputs<T> outputs() {
    return {.loss = {loss_.data(), 1}, .grad = row_major(grad_.data(), 1, std::ssize(grad_))};
  }

 private:
  std::vector<T> typed(const std::vector<double>& numbers) {
    std::vector<T> result;
    result.reserve(numbers.size());
    for (const double number : numbers) {
      result.push_back(static_cast<T>(number));
      exact_ &= static_cast<double>(result.back()) == number || number != number;
    }
    return result;
  }

  bool exact_ = true;
  std::vector<T> logits_, probs_, weight_;
  std::vector<std::int64_t> label_, classes_;
  std::vector<std::int64_t> offsets_;
  Options options_;
  std::vector<LossOf<T>> loss_;
  std::vector<T> grad_;
};

/// Of one implementation and type, the largest errors in ulp.
struct Largest {
  int rows = 0;
  double loss = 0, grad = 0;
};

template <class T>
void check_row(const PinnedRow& row, const std::string& line, const Implementation& implementation,
               Largest& largest) {
  const Contract<T>& contract = implementation.contract<T>();
  TypedRow<T> typed(row);
  if (contract.tier < Tier::accurate || !typed.is_in(contract.domain)) return;
  const Problem<T> problem = typed.problem();
  const Outputs<T> got = typed.outputs();
  contract.kernel(problem, got);
  const reference::Judgement judged = reference::judge(problem, got, &contract);
  const std::string what = fmt::format("{} of: {}", implementation.name, line);
  EXPECT_EQ(properties::kept(judged.loss, contract.tier), Verdict::passed) << "the loss by " + what;
  EXPECT_EQ(properties::kept(judged.grad, contract.tier), Verdict::passed)
      << "the gradient by " + what;
  ++largest.rows;
  largest.loss = std::max(largest.loss, judged.loss.max_terms_ulp.value_or(0));
  largest.grad = std::max(largest.grad, judged.grad.max_terms_ulp.value_or(0));
}

void check_file() {
  std::ifstream file(XENT_SOURCE_DIR "/tests/reference/pinned_rows.txt");
  std::map<std::string, Largest> seen;
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with('#')) continue;
    const PinnedRow row(line);
    with_dtype(row.dtype(), [&](auto zero) {
      using T = decltype(zero);
      for (const Implementation* one : implementations())
        check_row<T>(row, line, *one,
                     seen[fmt::format("{} {}", one->name, to_string(row.dtype()))]);
    });
  }
  for (const auto& [name, largest] : seen)
    if (largest.rows > 0)
      fmt::print("{}: {} rows, loss {:.4f} ulp, gradient {:.4f} ulp\n", name, largest.rows,
                 largest.loss, largest.grad);
  for (const char* dtype : {"f32", "f64", "bf16", "f16"}) {
    const Largest& accurate = seen[fmt::format("simd {}", dtype)];
    const Largest& faithful = seen[fmt::format("faithful {}", dtype)];
    EXPECT_TRUE(accurate.rows > 0 && accurate.loss <= 3 && accurate.grad <= 5)
        << "simd is accurate";
    EXPECT_TRUE(faithful.rows > 0 && faithful.loss < 1 && faithful.grad < 1)
        << "faithful is faithful";
  }
}

TEST(PinnedResults, EachLineOfTheFile) { check_file(); }

}  // namespace
