// SPDX-License-Identifier: MIT
// Judges results of the caller, by the bounds of an implementation in the rows of its domain.

#include <algorithm>
#include <cstring>
#include <string_view>
#include <vector>

#include <xent_verify.h>

#include <xent/implementation.hpp>

#include "library/arguments/fault.hpp"
#include "library/arguments/sized.hpp"
#include "library/arguments/threads.hpp"
#include "library/problem/given_problem.hpp"
#include "library/problem/given_results.hpp"
#include "library/verify/judged.hpp"
#include "reference/judging/judge.hpp"
#include "reference/judging/outside_domain.hpp"

namespace xent::library {

template <>
struct Sized<xent_audit_report> {
  static constexpr const char* field = "report.size";
  static constexpr std::size_t least = sizeof(xent_audit_report);
};

namespace {

using reference::Judgement;
using reference::JudgeOptions;

/// The bounds that results are held to, and the rows that these do not cover.
struct Held {
  Bounds bounds;
  std::vector<std::ptrdiff_t> outside;
};

/// Returns the implementation of libxent, whose contracts are of this version of the code.
const Implementation& the_named(const xent_implementation* handle) {
  if (std::string_view(xent_version()) != XENT_VERSION)
    refuse_unsupported("bounds_of", std::string("libxent is of version ") + xent_version() +
                                        ", libxent-verify of " XENT_VERSION);
  for (std::size_t i = 0; i < xent_implementation_count(); ++i)
    if (xent_implementation_at(i) == handle)
      return *reinterpret_cast<const Implementation*>(handle);
  refuse("bounds_of", "is no implementation of libxent");
}

Held held_to(const xent_implementation* handle, const AnyProblem& problem) {
  if (handle == nullptr) return {};
  const Implementation& one = the_named(handle);
  return with_dtype(problem.logits.dtype, [&]<class T>(T) {
    const Contract<T>& contract = one.contract<T>();
    return Held{contract.bounds(), reference::rows_outside(contract.domain, problem).rows};
  });
}

std::vector<std::ptrdiff_t> rows_but(const std::vector<std::ptrdiff_t>& excluded,
                                     std::ptrdiff_t rows) {
  std::vector<std::ptrdiff_t> others;
  for (std::ptrdiff_t i = 0; i < rows; ++i)
    if (!std::binary_search(excluded.begin(), excluded.end(), i)) others.push_back(i);
  return others;
}

/// What was found in all rows, and in those that no bound covers.
struct Found {
  Judgement all, outside;
};

Found judge_all(const AnyProblem& problem, const AnyOutputs& got, const Held& held, int threads) {
  Found found;
  JudgeOptions options{.threads = threads};
  if (held.outside.empty()) {
    found.all = reference::judge(problem, got, held.bounds, options);
    return found;
  }
  options.rows = held.outside;
  found.all = found.outside = reference::judge(problem, got, {}, options);
  const std::vector<std::ptrdiff_t> covered = rows_but(held.outside, problem.logits.rows());
  if (covered.empty()) return found;
  AnyOutputs rest = got;
  if (problem.options.reduction != Reduction::none) rest.loss = {};  // all rows count in it
  options.rows = covered;
  const Judgement inside = reference::judge(problem, rest, held.bounds, options);
  for (ErrorStats Judgement::*part : {&Judgement::loss, &Judgement::grad, &Judgement::lse})
    reference::merge(found.all.*part, inside.*part);
  return found;
}

/// Returns a vector as the matrix of one column.
AnyMatrix column_of(const AnyVector& v) {
  return {v.data, v.dtype, {.rows = v.size, .cols = 1, .row_stride = v.stride}};
}

void audit(const xent_problem* given_problem, const xent_results* given_results,
           const xent_implementation* bounds_of, const xent_execution* execution,
           xent_audit_report* report) {
  if (report == nullptr) refuse("report", "is null");
  check_size<xent_audit_report>(report->size);
  GivenProblem problem(given_problem, Reads::elements);
  const GivenResults results(given_results, Access::read, problem);
  const AnyOutputs& got = results.outputs();
  if (!results.has_any()) refuse("results", "none are given");
  const Held held = held_to(bounds_of, problem.problem());
  const Found found = judge_all(problem.problem(), got, held, threads_of(execution));
  const Judged loss{found.all.loss, found.outside.loss, column_of(got.loss)};
  const Judged grad{found.all.grad, found.outside.grad, got.grad};
  const Judged lse{found.all.lse, found.outside.lse, column_of(got.lse)};
  const bool has_bounds = bounds_of != nullptr;
  give({.size = sizeof(xent_audit_report),
        .verdict = std::max({verdict_of(loss, has_bounds), verdict_of(grad, has_bounds),
                             verdict_of(lse, has_bounds)}),
        .reserved = 0,
        .loss = judged_of(loss),
        .grad = judged_of(grad),
        .lse = judged_of(lse)},
       *report);
}

}  // namespace
}  // namespace xent::library

xent_status xent_audit(const xent_problem* problem, const xent_results* results,
                       const xent_implementation* bounds_of, const xent_execution* execution,
                       xent_audit_report* report, xent_error* error) {
  return xent::library::guarded(
      error, [&] { xent::library::audit(problem, results, bounds_of, execution, report); });
}
