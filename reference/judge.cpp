// SPDX-License-Identifier: MIT
// Judge: the ruler laid on results, row by row. Each precision passes on to the next only the
// results that it left undecided.
#include "reference/judge.hpp"

#include <algorithm>
#include <numeric>
#include <optional>
#include <vector>

#include "reference/oracle.hpp"
#include "reference/reduction.hpp"
#include "reference/ruler.hpp"
#include "reference/statistics.hpp"
#include "reference/witness.hpp"

namespace xent::reference {
namespace {

constexpr std::ptrdiff_t loss_column = -1;
constexpr std::ptrdiff_t reduced_row = -1;

template <class T>
class Judge {
 public:
  Judge(const Problem<T>& problem, const Outputs<T>& got, const Contract<T>* contract,
        const JudgeOptions& options)
      : problem_(problem), got_(got), contract_(contract), options_(options) {}

  Judgement run() {
    const bool reduced = problem_.options.reduction != Reduction::none;
    std::vector<std::ptrdiff_t> columns;
    if (!reduced) columns.push_back(loss_column);
    if (has_gradient())
      for (std::ptrdiff_t j = 0; j < problem_.logits.cols; ++j) columns.push_back(j);
    std::vector<std::ptrdiff_t> chosen(options_.rows.begin(), options_.rows.end());
    std::sort(chosen.begin(), chosen.end());

    ReducedLoss<first_digits> total;
    for (std::ptrdiff_t i = 0; i < problem_.logits.rows; ++i) {
      const bool judged = !columns.empty() &&
                          (chosen.empty() || std::binary_search(chosen.begin(), chosen.end(), i));
      if (!judged && !reduced) continue;
      const RowEnclosure<first_digits, T> row(problem_, i, judged && has_gradient());
      if (reduced) total.add(row.loss(), loss_bound(row).value_or(0));
      if (judged) judge_row(i, row, columns);
    }
    if (reduced) judge_reduced(total);
    return {.loss = loss_.result(), .grad = grad_.result()};
  }

 private:
  bool has_gradient() const { return got_.grad.data != nullptr; }

  /// Judges those columns of row i, loss_column among them.
  template <unsigned Digits>
  void judge_row(std::ptrdiff_t i, const RowEnclosure<Digits, T>& row,
                 const std::vector<std::ptrdiff_t>& columns) {
    std::vector<std::ptrdiff_t> undecided;
    for (const std::ptrdiff_t j : columns) {
      const bool is_loss = j == loss_column;
      const Exact<Digits> exact = is_loss ? row.loss() : row.gradient(j);
      const T got = is_loss ? got_.loss[i] : got_.grad(i, j);
      const Error error = measure(got, exact, is_loss ? Quantity::loss : Quantity::gradient,
                                  is_loss ? loss_bound(row) : grad_bound(row, j, exact));
      if (error.decided || Digits == last_digits)
        record(i, j, got, error, exact);
      else
        undecided.push_back(j);
    }
    if constexpr (Digits < last_digits) {
      if (undecided.empty()) return;
      const bool with_gradient = undecided.back() != loss_column;
      judge_row(i, RowEnclosure<2 * Digits, T>(problem_, i, with_gradient), undecided);
    }
  }

  template <unsigned Digits>
  void judge_reduced(const ReducedLoss<Digits>& total) {
    const Reduction reduction = problem_.options.reduction;
    const std::ptrdiff_t rows = problem_.logits.rows;
    const Exact<Digits> exact = total.exact(reduction, rows);
    std::optional<Interval<Digits>> bound;
    if (contract_ != nullptr && contract_->loss_bound != nullptr)
      bound = total.bound(reduction, rows) + ulp_of<T>(exact.size);
    const Error error = measure(got_.loss[0], exact, Quantity::loss, bound);
    if (error.decided || Digits == last_digits) {
      record(reduced_row, loss_column, got_.loss[0], error, exact);
    } else if constexpr (Digits < last_digits) {
      ReducedLoss<2 * Digits> finer;
      for (std::ptrdiff_t i = 0; i < rows; ++i) {
        const RowEnclosure<2 * Digits, T> row(problem_, i, false);
        finer.add(row.loss(), loss_bound(row).value_or(0));
      }
      judge_reduced(finer);
    }
  }

  template <unsigned Digits>
  std::optional<Interval<Digits>> loss_bound(const RowEnclosure<Digits, T>& row) const {
    if (contract_ == nullptr || contract_->loss_bound == nullptr || row.loss().special != 0)
      return std::nullopt;
    return absolute_bound<T>(contract_->loss_bound(row.facts()), row.loss().size);
  }

  template <unsigned Digits>
  std::optional<Interval<Digits>> grad_bound(const RowEnclosure<Digits, T>& row, std::ptrdiff_t j,
                                             const Exact<Digits>& exact) const {
    if (contract_ == nullptr || contract_->grad_bound == nullptr || exact.special != 0)
      return std::nullopt;
    return absolute_bound<T>(contract_->grad_bound(row.facts(), row.grad_facts(j)), exact.size);
  }

  template <unsigned Digits>
  void record(std::ptrdiff_t i, std::ptrdiff_t j, T got, const Error& error,
              const Exact<Digits>& exact) {
    (j == loss_column ? loss_ : grad_).add(error, [&] {
      return Witness{.case_id = options_.case_id,
                     .row = i,
                     .column = j,
                     .got = hex_text(static_cast<double>(got)),
                     .expected = exact_text(exact),
                     .command = options_.command};
    });
  }

  const Problem<T>& problem_;
  const Outputs<T>& got_;
  const Contract<T>* contract_;
  const JudgeOptions& options_;
  Statistics loss_;
  Statistics grad_;
};

}  // namespace

template <class T>
Judgement judge(const Problem<T>& problem, const Outputs<T>& got, const Contract<T>* contract,
                const JudgeOptions& options) {
  return Judge<T>(problem, got, contract, options).run();
}

template Judgement judge(const Problem<float>&, const Outputs<float>&, const Contract<float>*,
                         const JudgeOptions&);
template Judgement judge(const Problem<double>&, const Outputs<double>&, const Contract<double>*,
                         const JudgeOptions&);

}  // namespace xent::reference
