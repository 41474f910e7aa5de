// SPDX-License-Identifier: MIT
// Engine: shape by shape, what is admitted is timed beside the read kernels.

#include "bench/engine.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>

#include <fmt/format.h>

#include <xent/validate.hpp>

#include "bench/admission.hpp"
#include "bench/roof.hpp"
#include "bench/timer.hpp"
#include "bench/workload.hpp"

namespace xent::bench {
namespace {

volatile std::uint8_t sink = 0;  // keeps what the read kernels read in use

void validate_shape(Shape shape) {
  const auto [rows, classes] = shape;
  constexpr std::ptrdiff_t most = std::numeric_limits<std::ptrdiff_t>::max() / 64;
  if (rows < 1 || classes < 1 || rows > most / classes)
    throw InvalidProblem(fmt::format("{}x{} is no shape to time", rows, classes));
}

void validate_plan(const Plan& plan) {
  std::for_each(plan.shapes.begin(), plan.shapes.end(), validate_shape);
  if (plan.repetitions < 1)
    throw InvalidProblem(fmt::format("{} repetitions are too few", plan.repetitions));
  if (!(plan.min_time > 0) || !std::isfinite(plan.min_time))
    throw InvalidProblem(fmt::format("{} seconds are no time to measure in", plan.min_time));
  validate_environment();
}

/// Adds the read kernels over the logits to the calls.
template <class T>
void add_roofs(const Workload<T>& workload, std::vector<std::function<void()>>& calls) {
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(workload.logits.data());
  const auto size = static_cast<std::size_t>(workload.elements()) * sizeof(T);
  for (const RoofKernel& kernel : roof_kernels())
    calls.emplace_back([&kernel, bytes, size] { sink = kernel.read(bytes, size); });
}

/// Appends the roofs of one shape; returns the time of the fastest.
template <class T>
double record_roofs(const Workload<T>& workload, std::span<const Timing> timings,
                    std::vector<RoofRecord>& roofs) {
  const auto fastest =
      std::min_element(timings.begin(), timings.end(),
                       [](const Timing& a, const Timing& b) { return a.ns_min < b.ns_min; });
  const auto bytes = static_cast<double>(workload.elements()) * sizeof(T);
  for (auto timing = timings.begin(); timing != timings.end(); ++timing) {
    const auto k = static_cast<std::size_t>(timing - timings.begin());
    roofs.push_back({.kernel = std::string(roof_kernels()[k].name),
                     .dtype = std::string(to_string(dtype_of<T>)),
                     .batch = workload.recipe.rows,
                     .classes = workload.recipe.classes,
                     .gigabytes_per_second = bytes / timing->ns_min,
                     .fastest = timing == fastest});
  }
  return fastest->ns_min;
}

template <class T>
void run_shape(const Plan& plan, Shape shape, const Progress& progress, Measurements& found) {
  const auto tell = [&](std::string_view step) {
    if (progress)
      progress(
          fmt::format("{} {}x{}: {}", to_string(dtype_of<T>), shape.first, shape.second, step));
  };
  tell("making the logits");
  const Workload<T> workload(plan, shape);
  Admitted admitted = admit(plan, workload, tell, found);
  tell(fmt::format("timing {} calls", admitted.calls.size()));
  add_roofs(workload, admitted.calls);
  const std::vector<Timing> timings =
      time_interleaved(admitted.calls, plan.repetitions, plan.min_time);
  const std::size_t count = admitted.records.size();
  const double roof = record_roofs(workload, std::span(timings).subspan(count), found.roofs);
  for (std::size_t k = 0; k < count; ++k) {
    TimingRecord& timed = found.timings.emplace_back(std::move(admitted.records[k]));
    timed.ns_min = timings[k].ns_min;
    timed.ns_median = timings[k].ns_median;
    timed.roof_multiple = timings[k].ns_min / roof;
  }
}

}  // namespace

Measurements run(const Plan& plan, const Progress& progress) {
  validate_plan(plan);
  if (!use_instruction_set(plan.instruction_set))
    throw InvalidProblem(plan.instruction_set + ": no instruction set of this machine and build");
  Measurements found;
  for (const DType dtype : plan.dtypes)
    for (const Shape& shape : plan.shapes)
      with_dtype(dtype,
                 [&](auto zero) { run_shape<decltype(zero)>(plan, shape, progress, found); });
  return found;
}

}  // namespace xent::bench
