// SPDX-License-Identifier: MIT
// Engine: runs a plan, shape by shape.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include <xent/records/results.hpp>

#include "bench/plan.hpp"

namespace xent::bench {

/// A cell of the plan that was not timed, and why, as one line that names implementation and shape.
struct Untimed {
  std::string implementation;
  std::string text;
};

struct Measurements {
  std::vector<TimingRecord> timings;  // one per cell that was timed
  std::vector<RoofRecord> roofs;      // one per roof kernel, shape and element type
  std::vector<Untimed> failures;      // results that break their contract, or are plainly wrong
  std::vector<Untimed> skipped;       // outside the domain, or not offered
};

/// Told what is being done, as one line, before each step.
using Tell = std::function<void(std::string_view)>;

/// Told the same, and how many shapes are done of how many. What it throws comes out of run(),
/// which leaves what it measured of the shapes that are done.
using Progress = std::function<void(std::size_t done, std::size_t all, std::string_view step)>;

/// On each shape: makes the arrays, checks every result against the reference, times what passed
/// and the roof kernels against each other on the same arrays, frees them. Afterwards peers use one
/// thread. Throws InvalidProblem where the plan cannot be run, and std::bad_alloc where the arrays
/// do not fit.
Measurements run(const Plan& plan, const Progress& progress = {});

/// The same, added to `found` shape by shape.
void run(const Plan& plan, const Progress& progress, Measurements& found);

}  // namespace xent::bench
