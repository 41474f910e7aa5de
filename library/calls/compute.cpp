// SPDX-License-Identifier: MIT
// Computes a problem by an implementation: looks at all that was given, calls the kernel, and puts
// back what was written to copies.

#include <xent.h>

#include <xent/validate.hpp>

#include "library/arguments/fault.hpp"
#include "library/arguments/floating_point.hpp"
#include "library/calls/execution.hpp"
#include "library/calls/handles.hpp"
#include "library/problem/given_problem.hpp"
#include "library/problem/given_results.hpp"
#include "library/problem/typed.hpp"

namespace xent::library {
namespace {

template <class T>
void run(const Implementation& implementation, const AnyProblem& problem, const AnyOutputs& out,
         const Execution& execution) {
  const Contract<T>& contract = implementation.contract<T>();
  if (contract.needs_long_double) {
    try {
      validate_long_double();
    } catch (const InvalidProblem& fault) {
      refuse_unsupported("", fault.what());
    }
  }
  if (const auto part = lacking(contract.offers, problem); !part.empty())
    refuse_unsupported(part == "csr"            ? "csr_offsets"
                       : part == "ignore_index" ? "has_ignore_index"
                                                : part,
                       std::string(implementation.name) + " does not take it");
  contract.kernel(typed<T>(problem), typed<T>(out), execution);
}

void compute(const Implementation& implementation, const xent_problem* given_problem,
             const xent_results* given_results, const xent_execution* given_execution) {
  GivenProblem problem(given_problem, Reads::elements);
  const GivenResults results(given_results, Access::write, problem);
  const Execution execution = execution_of(given_execution);
  check_environment();
  with_dtype(problem.dtype(), [&]<class T>(T) {
    run<T>(implementation, problem.problem(), results.outputs(), execution);
  });
  problem.copies().put_back();
}

const Implementation& implementation_named(const char* name) {
  if (name == nullptr) refuse("name", "is null");
  if (const Implementation* found = find_implementation(name)) return *found;
  refuse("name", "there is no implementation \"" + std::string(name) + "\"");
}

}  // namespace
}  // namespace xent::library

xent_status xent_compute(const xent_implementation* implementation, const xent_problem* problem,
                         const xent_results* results, const xent_execution* execution,
                         xent_error* error) {
  using namespace xent::library;
  return guarded(error, [&] {
    compute(the_implementation("implementation", implementation), problem, results, execution);
  });
}

xent_status xent_compute_by(const char* name, const xent_problem* problem,
                            const xent_results* results, const xent_execution* execution,
                            xent_error* error) {
  using namespace xent::library;
  return guarded(error, [&] { compute(implementation_named(name), problem, results, execution); });
}
