// SPDX-License-Identifier: MIT
// Admission: who is timed on a workload. Only those whose domain holds it and whose results are
// right, and peers whose results are not plainly wrong.
#pragma once

#include <functional>
#include <vector>

#include <xent/records/results.hpp>

#include "bench/engine.hpp"
#include "bench/plan.hpp"
#include "bench/workload/workload.hpp"

namespace xent::bench {

/// What is to be timed: the records, complete but for the times, and their calls in the same order.
struct Admitted {
  std::vector<TimingRecord> records;
  std::vector<std::function<void()>> calls;  // they refer to the workload
};

/// Checks every implementation, every peer and every form of the plan; who is turned away is added
/// to found.failures or found.skipped.
template <class T>
Admitted admit(const Plan& plan, const Workload<T>& workload, const Tell& tell,
               Measurements& found);

}  // namespace xent::bench
