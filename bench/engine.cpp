// SPDX-License-Identifier: MIT
// Engine: shape by shape, what is admitted is timed beside the roof kernels.

#include "bench/engine.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <span>

#include <fmt/format.h>

#include <xent/validate.hpp>

#include "bench/admission.hpp"
#include "bench/caches.hpp"
#include "bench/peer.hpp"
#include "bench/roofline.hpp"
#include "bench/timer.hpp"
#include "bench/workload.hpp"
#include "cases/case_shape.hpp"

namespace xent::bench {
namespace {

/// So many threads for the kernels and the peers, while it lives.
class ThreadsInUse {
 public:
  explicit ThreadsInUse(const Plan& plan) : plan_(plan), before_(threads()) {
    if (const int had = use(plan.threads); had < plan.threads)
      throw InvalidProblem(fmt::format("{} threads: the system gives this process no more than {}",
                                       plan.threads, had));
  }
  ~ThreadsInUse() { use(before_); }
  ThreadsInUse(const ThreadsInUse&) = delete;
  ThreadsInUse& operator=(const ThreadsInUse&) = delete;

 private:
  int use(int count) const {
    const int had = use_threads(count);
    for (const Peer* peer : plan_.peers) peer->use_threads(had);
    return had;
  }
  const Plan& plan_;
  int before_;
};

void validate_shape(Shape shape) {
  const auto [rows, classes] = shape;
  if (rows < 1 || !cases::is_case_shape(rows, classes))
    throw InvalidProblem(fmt::format(
        "{}x{} is no shape to time: there are no logits, or more than 2^30", rows, classes));
}

void validate_plan(const Plan& plan) {
  std::for_each(plan.shapes.begin(), plan.shapes.end(), validate_shape);
  if (plan.threads < 1 || plan.threads > most_threads)
    throw InvalidProblem(fmt::format("{} threads are not 1 to {}", plan.threads, most_threads));
  if (plan.repetitions < 1)
    throw InvalidProblem(fmt::format("{} repetitions are too few", plan.repetitions));
  if (!(plan.min_time > 0) || !std::isfinite(plan.min_time))
    throw InvalidProblem(fmt::format("{} seconds are no time to measure in", plan.min_time));
  validate_environment();
}

template <class T>
void run_shape(const Plan& plan, Shape shape, const Tell& progress, Measurements& found) {
  const auto tell = [&](std::string_view step) {
    progress(fmt::format("{} {}x{}, {}", to_string(dtype_of<T>), shape.first, shape.second, step));
  };
  tell("making the logits");
  const Workload<T> workload(plan, shape);
  Admitted admitted = admit(plan, workload, tell, found);
  Roofline roofs = roofline(workload, plan.threads);
  tell(fmt::format("timing {} calls", admitted.calls.size() + roofs.calls.size()));
  const std::size_t count = admitted.calls.size();
  admitted.calls.insert(admitted.calls.end(), roofs.calls.begin(), roofs.calls.end());
  const std::vector<Timing> timings =
      time_interleaved(admitted.calls, plan.repetitions, plan.min_time);
  set_speeds(std::span(timings).subspan(count), roofs.records);
  const std::vector<Cache> known = caches();
  for (RoofRecord& roof : roofs.records) roof.residency = residency(roof.bytes, known);
  for (std::size_t k = 0; k < count; ++k) {
    TimingRecord& timed = found.timings.emplace_back(std::move(admitted.records[k]));
    timed.ns_min = timings[k].ns_min;
    timed.ns_median = timings[k].ns_median;
    timed.residency = residency(timed.bytes, known);
    timed.roof_multiple = timed.ns_min / roof_ns(timed, roofs.records);
  }
  found.roofs.insert(found.roofs.end(), roofs.records.begin(), roofs.records.end());
}

}  // namespace

void run(const Plan& plan, const Progress& progress, Measurements& found) {
  validate_plan(plan);
  if (!use_instruction_set(plan.instruction_set))
    throw InvalidProblem(plan.instruction_set + ": no instruction set of this machine and build");
  const ThreadsInUse in_use(plan);
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
