// SPDX-License-Identifier: MIT
// Loss and gradient of a problem from files, by an implementation.

#include <utility>
#include <vector>

#include <fmt/format.h>

#include <xent/validate.hpp>

#include "cli/verb.hpp"
#include "cli/verbs/eval/computed.hpp"
#include "reference/judging/outside_domain.hpp"
#include "system/standard_streams.hpp"

namespace xent::cli {
namespace {

/// Throws UsageError; says on standard error where the problem lies outside the domain.
template <class T>
void check(const Implementation& implementation, const Problem<T>& problem, const Outputs<T>& out) {
  const Contract<T>& contract = implementation.contract<T>();
  try {
    validate_outputs(problem, out);  // ProblemFiles has validated the problem
    validate_contract(contract, AnyProblem(problem));
  } catch (const InvalidProblem& fault) {
    throw UsageError(fmt::format("{}: {}", implementation.name, fault.what()));
  }
  if (const auto where = reference::outside_domain(contract.domain, problem))
    system::tell(fmt::format("xent eval: note: outside the domain of {}: {}\n", implementation.name,
                             *where));
}

template <class T>
void copy(const MatrixView<const T>& from, const MatrixView<T>& to) {
  for (std::ptrdiff_t i = 0; i < from.rows; ++i)
    for (std::ptrdiff_t j = 0; j < from.cols; ++j) to(i, j) = from(i, j);
}

template <class T>
Computed compute_as(const Implementation& implementation, const ProblemFiles& files,
                    const Wanted& wanted, bool in_place, const Execution& execution) {
  using Loss = LossOf<T>;
  Problem<T> problem = files.typed<T>();
  const std::ptrdiff_t rows = problem.logits.rows;
  const std::ptrdiff_t size = rows * problem.logits.cols;
  std::vector<Loss> loss(static_cast<std::size_t>(loss_size(problem.options.reduction, rows)));
  std::vector<Loss> lse(static_cast<std::size_t>(wanted.lse ? rows : 0));
  std::vector<T> grad(static_cast<std::size_t>(wanted.grad ? size : 0));
  Outputs<T> out{.loss = {loss.data(), std::ssize(loss), 1}};
  if (wanted.lse) out.lse = {lse.data(), rows, 1};
  if (wanted.grad) out.grad = files.matrix(grad.data());
  if (in_place) {
    copy(problem.logits, out.grad);
    problem.logits = files.matrix<const T>(grad.data());
  }
  check(implementation, problem, out);
  implementation.contract<T>().kernel(problem, out, execution);
  return {.loss = rounded(std::move(loss), wanted.loss_dtype),
          .grad = std::move(grad),
          .lse = rounded(std::move(lse), wanted.loss_dtype)};
}

}  // namespace

Computed compute_by_implementation(const Implementation& implementation, const ProblemFiles& files,
                                   const Wanted& wanted, bool in_place,
                                   const Execution& execution) {
  return with_dtype(files.problem().logits.dtype, [&](auto zero) {
    return compute_as<decltype(zero)>(implementation, files, wanted, in_place, execution);
  });
}

}  // namespace xent::cli
