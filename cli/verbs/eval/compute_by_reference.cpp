// SPDX-License-Identifier: MIT
// Loss and gradient of a problem from files, by the reference.

#include <span>
#include <utility>

#include <fmt/format.h>

#include "cli/progress.hpp"
#include "cli/verb.hpp"
#include "cli/verbs/eval/computed.hpp"
#include "reference/evaluate.hpp"
#include "reference/numbers/ladder.hpp"

namespace xent::cli {
namespace {

void require_decided(const reference::Evaluated& exact) {
  if (exact.undecided.empty()) return;
  const auto& first = exact.undecided.front();
  throw UndecidedResult(
      fmt::format("{} results are undecided at {} bits, the first of row {}, column {}",
                  exact.undecided.size(), reference::finest_bits, first.row, first.column));
}

}  // namespace

Computed compute_by_reference(const ProblemFiles& files, const Wanted& wanted, int threads) {
  const AnyMatrix& logits = files.problem().logits;
  const MatrixView<double> places = files.matrix<double>(nullptr);  // of a matrix, in C order
  const std::ptrdiff_t size = logits.rows() * logits.cols();
  Numbers grad = zeros(logits.dtype, wanted.grad ? size : 0);
  Numbers log_softmax = zeros(logits.dtype, wanted.log_softmax ? size : 0);
  const auto rows = static_cast<std::size_t>(logits.rows());
  Progress progress;
  reference::EvaluateOptions evaluating{
      .loss = format_of(wanted.loss_dtype),
      .grad = format_of(logits.dtype),
      .with_lse = wanted.lse,
      .threads = threads,
      .done = [&](auto done) { progress.show("row", static_cast<std::size_t>(done), rows); }};
  const auto put_into = [&places](Numbers& matrix) {
    return [&](std::ptrdiff_t row, std::span<const double> numbers) {
      std::ptrdiff_t at = places.row_offset(row);
      for (const double number : numbers) {
        put(matrix, at, number);
        at += places.col_stride;
      }
    };
  };
  if (wanted.grad) evaluating.gradient = put_into(grad);
  if (wanted.log_softmax) evaluating.log_softmax = put_into(log_softmax);
  reference::Evaluated exact = reference::evaluate(files.problem(), evaluating);
  require_decided(exact);
  return {.loss = rounded(std::move(exact.loss), wanted.loss_dtype),
          .grad = std::move(grad),
          .lse = rounded(std::move(exact.lse), wanted.loss_dtype),
          .log_softmax = std::move(log_softmax)};
}

}  // namespace xent::cli
