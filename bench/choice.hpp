// SPDX-License-Identifier: MIT
// Choice: which implementation to use for a given shape, by measuring them all now.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include <xent/contract.hpp>
#include <xent/element.hpp>
#include <xent/implementation.hpp>

#include "bench/engine.hpp"
#include "cases/case.hpp"

namespace xent::bench {

/// What is asked for.
struct Wish {
  std::ptrdiff_t batch = 1;    // N
  std::ptrdiff_t classes = 2;  // C
  DType dtype = DType::f32;
  cases::TargetKind form = cases::TargetKind::labels;
  bool gradient = false;
  int threads = 1;                     // that the kernels may use
  Tier tier = Tier::none;              // promised at least
  std::optional<double> max_ulp = {};  // of the losses that are checked before timing
  double seconds = 1;                  // of timing, about; the checks come on top
  std::uint64_t seed = 1;
};

/// One implementation, set against the wish.
struct Candidate {
  std::string implementation;
  Tier tier = Tier::none;
  double ns = 0;             // per call; 0 where it was not timed
  double roof_multiple = 0;  // 0 where it was not timed
  double loss_ulp = 0;       // largest error of the losses checked
  bool qualifies = false;
  std::string reason;  // why, or why not
};

/// Every implementation, those that were timed first, fastest first. The choice is the first that
/// qualifies; there may be none. Throws as run() does.
std::vector<Candidate> pick(const Wish& wish, std::span<const Implementation* const> among,
                            const Progress& progress = {});

}  // namespace xent::bench
