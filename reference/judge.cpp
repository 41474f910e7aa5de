// SPDX-License-Identifier: MIT
// Judges results row by row. Each number passes on to the next finer one only the results that it
// left undecided.
#include "reference/judge.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <vector>

#include "reference/condition.hpp"
#include "reference/ladder.hpp"
#include "reference/reduction.hpp"
#include "reference/ruler.hpp"
#include "reference/statistics.hpp"
#include "reference/witness.hpp"

namespace xent::reference {
namespace {

constexpr std::ptrdiff_t reduced_row = -1;

/// The errors that one thread found.
struct Found {
  Statistics loss, grad, grad_at_label, lse;
};

/// The share of one row in a reduced loss.
template <class N>
struct Share {
  Exact<N> loss;  // times `classes`
  double classes = 1;
  int sign_of_total = 0;
  N bound;
};

/// The judgement of one problem.
class Judge {
 public:
  Judge(const AnyProblem& problem, const AnyOutputs& got, const Bounds& bounds,
        const JudgeOptions& options)
      : problem_(problem),
        got_(got),
        bounds_(bounds),
        options_(options),
        loss_format_(options.ulp_of.value_or(format_of(got.loss.dtype))),
        grad_format_(options.ulp_of.value_or(format_of(got.grad.dtype))),
        lse_format_(options.ulp_of.value_or(format_of(got.lse.dtype))),
        divisor_(problem),
        chosen_(options.rows.begin(), options.rows.end()),
        found_(static_cast<std::size_t>(std::max(options.threads, 1))) {
    std::sort(chosen_.begin(), chosen_.end());
  }

  Judgement run() {
    const bool reduced = problem_.options.reduction != Reduction::none;
    const bool with_loss = got_.loss.data != nullptr;
    columns_ = columns_of(problem_.logits.cols(), with_loss && !reduced, got_.lse.data != nullptr,
                          got_.grad.data != nullptr);
    if (!columns_.empty())
      share_rows(chosen_.empty() ? rows() : std::ssize(chosen_), options_.threads, options_.done,
                 [&](std::size_t worker, std::ptrdiff_t k) {
                   judge_row(found_[worker],
                             chosen_.empty() ? k : chosen_[static_cast<std::size_t>(k)]);
                 });
    if (with_loss && reduced) judge_reduced<Ball>();
    Found& all = found_.front();
    for (std::size_t k = 1; k < found_.size(); ++k) {
      all.loss.add(found_[k].loss);
      all.grad.add(found_[k].grad);
      all.grad_at_label.add(found_[k].grad_at_label);
      all.lse.add(found_[k].lse);
    }
    return {all.loss.result(), all.grad.result(), all.grad_at_label.result(), all.lse.result()};
  }

 private:
  std::ptrdiff_t rows() const { return problem_.logits.rows(); }

  void judge_row(Found& found, std::ptrdiff_t i) const {
    const RowProblem row = row_problem(problem_, i);
    const Condition condition(row);
    climb(row, columns_, [&]<class N>(const RowEnclosure<N>& exact, std::ptrdiff_t j) {
      if (j == loss_column)
        return record(found.loss, i, j, got_.loss[i], Quantity::loss, exact.loss(),
                      Scales<N>{.format = loss_format_,
                                .bound = loss_bound(exact),
                                .condition = condition.of_loss(),
                                .limit = options_.limit,
                                .nearest = options_.nearest});
      if (j == lse_column) return judge_lse(found.lse, i, exact);
      const Exact<N> y = exact.gradient(j, divisor_);
      const Scales<N> scales{.format = grad_format_,
                             .bound = grad_bound(exact, j, y),
                             .condition = condition.of_gradient(j) / std::abs(divisor_.value()),
                             .limit = options_.limit,
                             .nearest = options_.nearest};
      const double got = got_.grad(i, j);
      if (j == row.label) record(found.grad_at_label, i, j, got, Quantity::gradient, y, scales);
      return record(found.grad, i, j, got, Quantity::gradient, y, scales);
    });
  }

  template <class N>
  bool judge_lse(Statistics& statistics, std::ptrdiff_t i, const RowEnclosure<N>& row) const {
    const Exact<N> y = row.log_sum_exp();
    Scales<N> scales{.format = lse_format_, .limit = options_.limit, .nearest = options_.nearest};
    if (bounds_.lse != nullptr && y.special == 0)
      scales.bound = absolute_bound(bounds_.lse(row.facts()), y, lse_format_);
    return record(statistics, i, lse_column, got_.lse[i], Quantity::gradient, y, scales);
  }

  template <class N>
  void judge_reduced() {
    std::vector<Share<N>> shares(static_cast<std::size_t>(rows()));
    share_rows(rows(), options_.threads, options_.done, [&](std::size_t, std::ptrdiff_t i) {
      const RowProblem row = row_problem(problem_, i);
      const RowEnclosure<N> exact(row, false);
      shares[static_cast<std::size_t>(i)] = {exact.multiple_of_loss(), exact.divisor(),
                                             exact.sign_of_total(),
                                             loss_bound(exact).value_or(N())};
    });
    ReducedLoss<N> total;
    for (const Share<N>& one : shares)
      total.add(one.loss, one.classes, one.sign_of_total, one.bound);
    const Exact<N> y = total.exact(divisor_);
    Scales<N> scales{.format = loss_format_, .limit = options_.limit, .nearest = options_.nearest};
    if (bounds_.loss != nullptr) scales.bound = total.bound(divisor_) + ulp_of(y, scales.format);
    const bool decided = record(found_.front().loss, reduced_row, loss_column, got_.loss[0],
                                Quantity::loss, y, scales);
    if constexpr (!is_finest<N>)
      if (!decided) judge_reduced<typename Finer<N>::type>();
  }

  template <class N>
  std::optional<N> loss_bound(const RowEnclosure<N>& row) const {
    if (bounds_.loss == nullptr || row.loss().special != 0) return std::nullopt;
    return absolute_bound(bounds_.loss(row.facts()), row.loss(), loss_format_);
  }

  template <class N>
  std::optional<N> grad_bound(const RowEnclosure<N>& row, std::ptrdiff_t j,
                              const Exact<N>& exact) const {
    if (bounds_.grad == nullptr || exact.special != 0) return std::nullopt;
    GradFacts facts = row.grad_facts(j);
    facts.scale = 1 / std::abs(divisor_.value());
    return absolute_bound(bounds_.grad(row.facts(), facts), exact, grad_format_);
  }

  /// Measures the error of `got` and counts it where it is decided, or where there is no finer
  /// number. It returns whether it counted the error.
  template <class N>
  bool record(Statistics& statistics, std::ptrdiff_t i, std::ptrdiff_t j, double got,
              Quantity quantity, const Exact<N>& exact, const Scales<N>& scales) const {
    const Error error = measure(got, exact, quantity, scales);
    if (!error.decided && !is_finest<N>) return false;
    statistics.add(error, [&] {
      return Witness{.case_id = options_.case_id,
                     .row = i,
                     .column = j,
                     .got = hex_text(got),
                     .expected = exact_text(exact),
                     .ulp = ulp_of_witness(error, exact),
                     .command = options_.command};
    });
    return true;
  }

  /// Returns the error in ulp for the witness; nothing where y is 0, or y or the result is not a
  /// number.
  template <class N>
  static std::optional<double> ulp_of_witness(const Error& error, const Exact<N>& exact) {
    if (!error.measured || is_zero(exact.value)) return std::nullopt;
    return error.hi;
  }

  const AnyProblem& problem_;
  const AnyOutputs& got_;
  const Bounds& bounds_;
  const JudgeOptions& options_;
  Format loss_format_;
  Format grad_format_;
  Format lse_format_;
  Divisor divisor_;
  std::vector<std::ptrdiff_t> chosen_;
  std::vector<std::ptrdiff_t> columns_;
  std::vector<Found> found_;  // one per thread
};

}  // namespace

Judgement judge(const AnyProblem& problem, const AnyOutputs& got, const Bounds& bounds,
                const JudgeOptions& options) {
  return Judge(problem, got, bounds, options).run();
}

}  // namespace xent::reference
