// SPDX-License-Identifier: MIT
// Engine: shape by shape, what is admitted is timed beside the roof kernels.

#include "bench/engine.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstddef>
#include <span>
#include <utility>

#include <fmt/format.h>

#include <xent/validate.hpp>

#include "bench/admission.hpp"
#include "bench/peer.hpp"
#include "bench/reliability.hpp"
#include "bench/roofs/roofline.hpp"
#include "bench/rounds.hpp"
#include "bench/workload/workload.hpp"
#include "cases/case_shape.hpp"
#include "machine/caches.hpp"
#include "machine/cores.hpp"

namespace xent::bench {
namespace {

/// So many threads for the peers, while it lives.
class PeersThreads {
 public:
  explicit PeersThreads(const Plan& plan) : plan_(plan) { use(plan.threads); }
  ~PeersThreads() { use(1); }
  PeersThreads(const PeersThreads&) = delete;
  PeersThreads& operator=(const PeersThreads&) = delete;

 private:
  void use(int count) const {
    for (const Peer* peer : plan_.peers) peer->use_threads(count);
  }
  const Plan& plan_;
};

void validate_shape(const Shape& shape) {
  if (shape.rows < 1 || shape.inner < 1 || !cases::is_case_shape(shape.rows, shape.classes))
    throw InvalidProblem(fmt::format(
        "{} is no shape to time: there are no logits, or more than 2^30", to_string(shape)));
  if (shape.rows % shape.inner != 0)
    throw InvalidProblem(
        fmt::format("{} rows are not {} times any number", shape.rows, shape.inner));
  if (shape.layout == Layout::class_axis_1 && shape.inner == 1)
    throw InvalidProblem(
        fmt::format("{}: classes on axis 1 of more need an axis behind them, as 4x21x512x512 has",
                    to_string(shape)));
}

/// The forms of a workload share one array of weights and one of ignored rows.
void validate_forms(const Plan& plan) {
  double ignored = 0;
  for (const Form& form : plan.forms) {
    validate_ignored(form);
    if (form.ignored != 0 && ignored != 0 && form.ignored != ignored)
      throw InvalidProblem("the forms of one plan ignore one share of the rows");
    if (form.ignored != 0) ignored = form.ignored;
  }
}

void validate_plan(const Plan& plan) {
  std::for_each(plan.shapes.begin(), plan.shapes.end(), validate_shape);
  validate_forms(plan);
  if (plan.threads < 1 || plan.threads > most_threads)
    throw InvalidProblem(fmt::format("{} threads are not 1 to {}", plan.threads, most_threads));
  if (plan.repetitions < 1)
    throw InvalidProblem(fmt::format("{} repetitions are too few", plan.repetitions));
  if (!(plan.min_time > 0) || !std::isfinite(plan.min_time))
    throw InvalidProblem(fmt::format("{} seconds are no time to measure in", plan.min_time));
  if (plan.attempts < 1) throw InvalidProblem("no attempt to measure is none");
  validate_environment();
  if (!find_instruction_set(plan.instruction_set))
    throw InvalidProblem(plan.instruction_set + ": no instruction set of this machine and build");
  if (const int had = available_threads(plan.threads); had < plan.threads)
    throw InvalidProblem(fmt::format("{} threads: the system gives this process no more than {}",
                                     plan.threads, had));
}

/// What is measured of one shape.
struct Cells {
  std::vector<TimingRecord> timings;
  std::vector<RoofRecord> roofs;
  std::vector<std::function<void()>> calls;  // of the timings, then of the roofs
};

Rounds rounds_of(const Plan& plan, const Cells& cells) {
  return {.count = plan.repetitions,
          .seconds = plan.min_time,
          .threads = plan.threads,
          .crowded = plan.threads > machine::cores().usable(),
          .racing = plan.racing ? cells.timings.size() : 0,
          .stop_if_asked = plan.stop_if_asked};
}

bool satisfies(const Plan& plan, std::span<const TimingRecord> timings) {
  if (plan.satisfies) return plan.satisfies(timings);
  return std::all_of(timings.begin(), timings.end(),
                     [](const TimingRecord& one) { return one.unreliable.empty(); });
}

/// Fills in what is measured in one attempt.
void measure_once(const Rounds& rounds, Cells& cells) {
  const std::vector<Series> series = time_rounds(cells.calls, rounds);
  const auto [timed, moved] = std::pair(std::span(series).first(cells.timings.size()),
                                        std::span(series).subspan(cells.timings.size()));
  set_speeds(moved, cells.roofs);
  for (std::size_t k = 0; k < timed.size(); ++k)
    set_times(timed[k], cells.roofs, rounds.crowded, cells.timings[k]);
}

/// Tells whether all calls could be timed; one that failed is taken out of the cells.
bool measured_once(const Rounds& rounds, Cells& cells, Measurements& found) {
  try {
    measure_once(rounds, cells);
    return true;
  } catch (const FailedCall& failed) {
    const auto k = static_cast<std::ptrdiff_t>(failed.call);
    const TimingRecord& one = cells.timings.at(failed.call);
    found.failures.push_back(
        {one.implementation,
         fmt::format("{}, {} {}x{} {}{}, while it was timed: {}", one.implementation, one.dtype,
                     one.batch, one.classes, one.targets, one.gradient ? " with gradient" : "",
                     failed.what())});
    cells.timings.erase(cells.timings.begin() + k);
    cells.calls.erase(cells.calls.begin() + k);
    return false;
  }
}

void measure(const Plan& plan, const Tell& tell, Cells& cells, Measurements& found) {
  using Clock = std::chrono::steady_clock;
  const Clock::time_point start = Clock::now();
  for (int attempt = 1; attempt <= plan.attempts; ++attempt) {
    tell(fmt::format("timing {} calls{}", cells.timings.size(), attempt == 1 ? "" : " again"));
    while (!measured_once(rounds_of(plan, cells), cells, found)) {
    }
    const std::chrono::duration<double> taken = Clock::now() - start;
    if (satisfies(plan, cells.timings) || taken.count() > plan.patience) return;
  }
}

template <class T>
void run_shape(const Plan& plan, const Shape& shape, const Tell& progress, Measurements& found) {
  const auto tell = [&](std::string_view step) {
    progress(fmt::format("{} {}, {}", to_string(dtype_of<T>), to_string(shape), step));
  };
  tell("making the logits");
  const Workload<T> workload(plan, shape);
  for (const Form& form : plan.forms)
    validate(AnyProblem(workload.problem(form, plan.reduction_used())));
  Admitted admitted = admit(plan, workload, tell, found);
  Roofline roofs = roofline(workload, plan.threads);
  Cells cells{std::move(admitted.records), std::move(roofs.records), std::move(admitted.calls)};
  cells.calls.insert(cells.calls.end(), roofs.calls.begin(), roofs.calls.end());
  measure(plan, tell, cells, found);
  const std::vector<machine::Cache> known = machine::caches();
  for (RoofRecord& roof : cells.roofs) roof.residency = machine::residency(roof.bytes, known);
  for (TimingRecord& timed : cells.timings)
    timed.residency = machine::residency(timed.bytes, known);
  found.timings.insert(found.timings.end(), cells.timings.begin(), cells.timings.end());
  found.roofs.insert(found.roofs.end(), cells.roofs.begin(), cells.roofs.end());
}

}  // namespace

void run(const Plan& plan, const Progress& progress, Measurements& found) {
  validate_plan(plan);
  const PeersThreads of_peers(plan);
  std::size_t done = 0;
  const std::size_t all = plan.dtypes.size() * plan.shapes.size();
  const Tell tell = [&](std::string_view step) {
    if (progress) progress(done, all, step);
  };
  for (const DType dtype : plan.dtypes)
    for (const Shape& shape : plan.shapes) {
      with_dtype(dtype, [&](auto zero) { run_shape<decltype(zero)>(plan, shape, tell, found); });
      ++done;
    }
}

Measurements run(const Plan& plan, const Progress& progress) {
  Measurements found;
  run(plan, progress, found);
  return found;
}

}  // namespace xent::bench
