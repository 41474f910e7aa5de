// SPDX-License-Identifier: MIT
// The correctly rounded results of a problem of the C interface.

#include <algorithm>
#include <span>
#include <string>
#include <vector>

#include <xent_verify.h>

#include "library/arguments/fault.hpp"
#include "library/arguments/threads.hpp"
#include "library/problem/given_problem.hpp"
#include "library/problem/given_results.hpp"
#include "library/problem/typed.hpp"
#include "reference/evaluate.hpp"
#include "reference/numbers/ladder.hpp"

namespace xent::library {
namespace {

void require_decided(const reference::Evaluated& exact) {
  if (exact.undecided.empty()) return;
  const auto& first = exact.undecided.front();
  refuse_unsupported("", std::to_string(exact.undecided.size()) + " results are undecided at " +
                             std::to_string(reference::finest_bits) + " bits, the first of row " +
                             std::to_string(first.row) + ", column " +
                             std::to_string(first.column));
}

template <class T>
void put(const std::vector<double>& numbers, const VectorView<T>& to) {
  for (std::ptrdiff_t i = 0; i < to.size; ++i)
    to[i] = static_cast<T>(numbers[static_cast<std::size_t>(i)]);
}

template <class T>
void evaluate(const AnyProblem& problem, const AnyOutputs& results, int threads) {
  const Outputs<T> out = typed<T>(results);
  const auto columns = static_cast<std::size_t>(problem.logits.cols());
  // Gradients stay here until all is computed: they may be put in the place of the logits.
  std::vector<T> grad(static_cast<std::size_t>(out.grad.rows) * columns);
  reference::EvaluateOptions options{.loss = format_of(dtype_of<LossOf<T>>),
                                     .grad = format_of(dtype_of<T>),
                                     .with_lse = out.lse.data != nullptr,
                                     .threads = threads};
  if (out.grad.data != nullptr)
    options.gradient = [&](std::ptrdiff_t i, std::span<const double> numbers) {
      std::transform(numbers.begin(), numbers.end(),
                     grad.data() + static_cast<std::size_t>(i) * columns,
                     [](double number) { return static_cast<T>(number); });
    };
  const reference::Evaluated exact = reference::evaluate(problem, options);
  require_decided(exact);
  put(exact.loss, out.loss);
  if (out.lse.data != nullptr) put(exact.lse, out.lse);
  for (std::ptrdiff_t i = 0; out.grad.data != nullptr && i < out.grad.rows; ++i)
    for (std::ptrdiff_t j = 0; j < out.grad.cols; ++j)
      out.grad(i, j) = grad[static_cast<std::size_t>(i) * columns + static_cast<std::size_t>(j)];
}

void reference_of(const xent_problem* given_problem, const xent_results* given_results,
                  const xent_execution* execution) {
  GivenProblem problem(given_problem, Reads::elements);
  const GivenResults results(given_results, Access::write, problem);
  const int threads = threads_of(execution);
  with_dtype(problem.dtype(),
             [&]<class T>(T) { evaluate<T>(problem.problem(), results.outputs(), threads); });
  problem.copies().put_back();
}

}  // namespace
}  // namespace xent::library

xent_status xent_reference(const xent_problem* problem, const xent_results* results,
                           const xent_execution* execution, xent_error* error) {
  return xent::library::guarded(error,
                                [&] { xent::library::reference_of(problem, results, execution); });
}
