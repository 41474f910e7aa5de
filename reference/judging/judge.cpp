// SPDX-License-Identifier: MIT
// Judges results row by row. Each number passes on to the next finer one only the results that it
// left undecided.
//
// More than 150 lines: one class, whose results are all counted in the same way.
#include "reference/judging/judge.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <vector>

#include "reference/climb.hpp"
#include "reference/judging/condition.hpp"
#include "reference/judging/contract_bounds.hpp"
#include "reference/judging/found.hpp"
#include "reference/judging/ruler.hpp"
#include "reference/judging/witness.hpp"
#include "reference/numbers/ladder.hpp"
#include "reference/reduced_loss.hpp"

namespace xent::reference {
namespace {

constexpr std::ptrdiff_t reduced_row = -1;

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
        log_softmax_format_(options.ulp_of.value_or(format_of(got.log_softmax.dtype))),
        divisor_(problem),
        chosen_(options.rows.begin(), options.rows.end()),
        found_(static_cast<std::size_t>(std::max(options.threads, 1))) {
    std::sort(chosen_.begin(), chosen_.end());
  }

  Judgement run() {
    const bool reduced = problem_.options.reduction != Reduction::none;
    const bool with_loss = got_.loss.data != nullptr;
    columns_ = columns_of(problem_.logits.cols(), {.loss = with_loss && !reduced,
                                                   .lse = got_.lse.data != nullptr,
                                                   .log_softmax = got_.log_softmax.data != nullptr,
                                                   .gradient = got_.grad.data != nullptr});
    if (!columns_.empty())
      share_rows(chosen_.empty() ? problem_.logits.rows() : std::ssize(chosen_), options_.threads,
                 options_.done, [&](std::size_t worker, std::ptrdiff_t k) {
                   judge_row(found_[worker],
                             chosen_.empty() ? k : chosen_[static_cast<std::size_t>(k)]);
                 });
    if (with_loss && reduced) judge_reduced<Ball>();
    for (std::size_t k = 1; k < found_.size(); ++k) found_.front().add(found_[k]);
    return found_.front().judgement();
  }

 private:
  void judge_row(Found& found, std::ptrdiff_t i) const {
    const RowProblem row = row_problem(problem_, i);
    std::optional<Condition> condition;  // by the first number, which is enough
    climb(row, columns_, [&]<class N>(const RowEnclosure<N>& exact, std::ptrdiff_t j) {
      if (j == lse_column) return judge_lse(found.lse, i, exact);
      if (is_log_softmax(j))
        return judge_log_softmax(found.log_softmax, i, class_of_log_softmax(j), exact);
      if (!condition) condition.emplace(row, exact);
      if (j == loss_column)
        return record(found.loss, i, j, got_.loss[i], Quantity::loss, exact.loss(),
                      scales_for<N>(loss_format_, loss_bound(bounds_, exact, loss_format_),
                                    condition->of_loss()));
      const Exact<N> y = exact.gradient(j, divisor_);
      const Scales<N> by =
          scales_for<N>(grad_format_, grad_bound(bounds_, exact, j, y, divisor_, grad_format_),
                        condition->of_gradient(j) / std::abs(divisor_.value()));
      const double got = got_.grad(i, j);
      if (j == row.label) record(found.grad_at_label, i, j, got, Quantity::gradient, y, by);
      return record(found.grad, i, j, got, Quantity::gradient, y, by);
    });
  }

  template <class N>
  bool judge_lse(Statistics& statistics, std::ptrdiff_t i, const RowEnclosure<N>& row) const {
    const Exact<N> y = row.log_sum_exp();
    return record(statistics, i, lse_column, got_.lse[i], Quantity::gradient, y,
                  scales_for<N>(lse_format_, lse_bound(bounds_, row, y, lse_format_)));
  }

  template <class N>
  bool judge_log_softmax(Statistics& statistics, std::ptrdiff_t i, std::ptrdiff_t j,
                         const RowEnclosure<N>& row) const {
    const Exact<N> y = row.log_softmax(j);
    const auto bound = log_softmax_bound(bounds_, row, j, y, log_softmax_format_);
    return record(statistics, i, j, got_.log_softmax(i, j), Quantity::gradient, y,
                  scales_for<N>(log_softmax_format_, bound));
  }

  template <class N>
  void judge_reduced() {
    const ReducedLoss<N> total = reduced_loss<N>(
        problem_, options_,
        [&](const RowEnclosure<N>& exact) { return loss_bound(bounds_, exact, loss_format_); });
    const Exact<N> y = total.exact(divisor_);
    Scales<N> by = scales_for<N>(loss_format_, {});
    if (bounds_.loss != nullptr) by.bound = total.bound(divisor_) + ulp_of(y, by.format);
    const bool decided =
        record(found_.front().loss, reduced_row, loss_column, got_.loss[0], Quantity::loss, y, by);
    if constexpr (!is_finest<N>)
      if (!decided) judge_reduced<typename Finer<N>::type>();
  }

  template <class N>
  Scales<N> scales_for(Format format, const std::optional<N>& bound, double condition = 0) const {
    return {.format = format,
            .bound = bound,
            .condition = condition,
            .limit = options_.limit,
            .nearest = options_.nearest};
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

  const AnyProblem& problem_;
  const AnyOutputs& got_;
  const Bounds& bounds_;
  const JudgeOptions& options_;
  Format loss_format_;
  Format grad_format_;
  Format lse_format_;
  Format log_softmax_format_;
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
