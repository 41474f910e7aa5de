// SPDX-License-Identifier: MIT
// Reads one row of a problem.
#include "reference/row_problem.hpp"

namespace xent::reference {
namespace {

std::vector<double> doubles(const AnyVector& values) {
  std::vector<double> result(static_cast<std::size_t>(values.size));
  for (std::ptrdiff_t j = 0; j < values.size; ++j) result[static_cast<std::size_t>(j)] = values[j];
  return result;
}

std::vector<double> row_of(const AnyMatrix& matrix, std::ptrdiff_t i) {
  std::vector<double> result(static_cast<std::size_t>(matrix.cols()));
  for (std::ptrdiff_t j = 0; j < matrix.cols(); ++j)
    result[static_cast<std::size_t>(j)] = matrix(i, j);
  return result;
}

template <class Index>
void read_targets(const Labels<Index>& labels, std::ptrdiff_t i, const Options& options,
                  RowProblem& row) {
  row.ignored = options.ignore_index == labels[i];
  if (row.ignored) return;
  row.label = static_cast<std::ptrdiff_t>(labels[i]);
  row.targets[static_cast<std::size_t>(row.label)] = 1;
}

void read_targets(const AnyMatrix& probs, std::ptrdiff_t i, const Options&, RowProblem& row) {
  row.targets = row_of(probs, i);
}

void read_targets(const AnyCsr& csr, std::ptrdiff_t i, const Options&, RowProblem& row) {
  for (std::int64_t k = csr.offsets[i]; k < csr.offsets[i + 1]; ++k)
    row.targets[static_cast<std::size_t>(csr.classes[k])] = csr.probs[k];
}

}  // namespace

RowProblem row_problem(const AnyProblem& problem, std::ptrdiff_t i) {
  RowProblem row{.logits = row_of(problem.logits, i),
                 .targets = std::vector<double>(static_cast<std::size_t>(problem.logits.cols())),
                 .weight = doubles(problem.weight),
                 .options = problem.options,
                 .row_weight = problem.row_weight.data == nullptr ? 1 : problem.row_weight[i]};
  std::visit([&](const auto& targets) { read_targets(targets, i, problem.options, row); },
             problem.targets);
  return row;
}

}  // namespace xent::reference
