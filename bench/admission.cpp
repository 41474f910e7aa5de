// SPDX-License-Identifier: MIT
// Admission: domain first, then the reference.

#include "bench/admission.hpp"

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include <xent/validate.hpp>

#include "bench/check.hpp"
#include "bench/peer.hpp"
#include "bench/peer_check.hpp"
#include "bench/timer.hpp"

namespace xent::bench {
namespace {

/// One cell of the plan: an implementation or a peer on a form.
struct Cell {
  std::string_view name;
  const Plan& plan;
  const Shape& shape;
  DType dtype;
  const Form& form;

  Untimed because(std::string_view why) const {
    return {std::string(name),
            fmt::format("{}, {} {} {}{}: {}", name, to_string(dtype), to_string(shape),
                        to_string(form), plan.gradient ? " with gradient" : "", why)};
  }

  TimingRecord record(std::string instruction_set, double bytes, const Check& verdict) const {
    return {.implementation = std::string(name),
            .dtype = std::string(to_string(dtype)),
            .instruction_set = std::move(instruction_set),
            .targets = to_string(form),
            .gradient = plan.gradient,
            .reduction = plan.reduction ? std::string(to_string(*plan.reduction)) : "",
            .batch = shape.rows,
            .classes = shape.classes,
            .inner = shape.inner,
            .layout = std::string(to_string(shape.layout)),
            .threads = plan.threads,
            .repetitions = plan.repetitions,
            .bytes = bytes,
            .residency = {},
            .checked_ulp = verdict.loss_ulp,
            .checked_rows = verdict.rows};
  }
};

/// The instruction set that the implementation is timed on, "" where it has no choice.
std::string instruction_set_of(const Implementation& implementation, const Plan& plan) {
  if (!implementation.dispatched) return "";
  return plan.instruction_set.empty() ? instruction_sets().front() : plan.instruction_set;
}

/// How the kernels compute. The engine has seen to it that the machine has the instruction set.
Execution execution_of(const Plan& plan) {
  return {.threads = plan.threads,
          .instruction_set = find_instruction_set(plan.instruction_set).value()};
}

/// Returns the call that is timed; a kernel of a plugin takes its time itself.
template <class T>
std::function<void()> call_of(const Kernel<T>& kernel, const Problem<T>& problem,
                              const Outputs<T>& out) {
  if (kernel.remote() == nullptr) return [=] { kernel(problem, out); };
  return RemoteCall{[=](std::int64_t calls) {
    return kernel.remote()->time(problem, out, kernel.execution(), calls);
  }};
}

template <class T>
void consider(const Implementation& implementation, const Plan& plan, const Workload<T>& workload,
              const Form& form, Measurements& found, Admitted& admitted) {
  Contract<T> contract = implementation.contract<T>();
  contract.kernel = contract.kernel.with(execution_of(plan));
  const Cell cell{implementation.name, plan, workload.shape, dtype_of<T>, form};
  if (contract.kernel == nullptr)
    return found.skipped.push_back(cell.because("it has no kernel of this element type"));
  if (!cases::lies_within(workload.recipe_of(form), contract.domain))
    return found.skipped.push_back(cell.because("outside its domain"));
  const Problem<T> problem = workload.problem(form, plan.reduction_used());
  if (const auto what = lacking(contract.offers, problem); !what.empty())
    return found.skipped.push_back(cell.because(fmt::format("it does not take {}", what)));
  const Check verdict = check(contract, workload, form, plan.checked_logits);
  if (!verdict.fault.empty()) return found.failures.push_back(cell.because(verdict.fault));
  const Outputs<T> out = workload.outputs(plan.reduction_used());
  admitted.records.push_back(
      cell.record(instruction_set_of(implementation, plan), workload.bytes(form), verdict));
  admitted.records.back().plugin = implementation.plugin;
  admitted.calls.push_back(call_of(contract.kernel, problem, out));
}

template <class T>
void consider(const Peer& peer, const Plan& plan, const Workload<T>& workload, const Form& form,
              Measurements& found, Admitted& admitted) {
  const Cell cell{peer.name, plan, workload.shape, dtype_of<T>, form};
  if (peer.prepare<T>() == nullptr)
    return found.skipped.push_back(cell.because("it has no kernel of this element type"));
  PeerCall call = peer.prepare<T>()(workload, form, plan.reduction_used(), plan.gradient);
  if (!call.run)
    return found.skipped.push_back(cell.because(fmt::format(
        "it does not take {} in {}", to_string(form), to_string(workload.shape.layout))));
  const Check verdict = check_peer(peer, workload, form, plan.checked_logits);
  if (!verdict.fault.empty()) return found.failures.push_back(cell.because(verdict.fault));
  admitted.records.push_back(cell.record(peer.instruction_set(), workload.bytes(form), verdict));
  admitted.calls.push_back(std::move(call.run));
}

}  // namespace

template <class T>
Admitted admit(const Plan& plan, const Workload<T>& workload, const Tell& tell,
               Measurements& found) {
  Admitted admitted;
  const std::size_t all = plan.forms.size() * (plan.implementations.size() + plan.peers.size());
  std::size_t next = 0;
  const auto tell_checking = [&](std::string_view name, const Form& form) {
    tell(fmt::format("checking {} of {}: {} on {}", ++next, all, name, to_string(form)));
  };
  for (const Implementation* implementation : plan.implementations)
    for (const Form& form : plan.forms) {
      tell_checking(implementation->name, form);
      if (plan.admits && !plan.admits(*implementation, form)) continue;
      const Cell cell{implementation->name, plan, workload.shape, dtype_of<T>, form};
      try {
        consider(*implementation, plan, workload, form, found, admitted);
      } catch (const KernelDeclined& declined) {
        found.skipped.push_back(cell.because(declined.what()));
      } catch (const KernelFault& fault) {
        found.failures.push_back(cell.because(fault.what()));
      }
    }
  for (const Peer* peer : plan.peers)
    for (const Form& form : plan.forms) {
      tell_checking(peer->name, form);
      consider(*peer, plan, workload, form, found, admitted);
    }
  return admitted;
}

#define XENT_INSTANTIATE(T) \
  template Admitted admit(const Plan&, const Workload<T>&, const Tell&, Measurements&);
XENT_EACH_TYPE(XENT_INSTANTIATE)
#undef XENT_INSTANTIATE

}  // namespace xent::bench
