// SPDX-License-Identifier: MIT
// Computed: loss, gradient and log-sum-exp of a problem, and the two ways to them.
#pragma once

#include <xent/implementation.hpp>

#include "cli/problem/problem_files.hpp"
#include "cli/verbs/eval/numbers.hpp"

namespace xent::cli {

/// What is wanted besides the loss, and as what.
struct Wanted {
  DType loss_dtype = DType::f32;  // of the log-sum-exp, too
  bool grad = false;
  bool lse = false;
  bool log_softmax = false;  // by the reference only
};

struct Computed {
  Numbers loss;  // [N] for Reduction::none, else [1]
  Numbers grad;  // of the shape and the type of the logits, in C order; empty where not wanted
  Numbers lse;   // [N], of the type of the loss; empty where not wanted
  Numbers log_softmax = {};  // of the shape and the type of the logits, as the gradient
};

/// Computes by the kernel for the type of the logits, as `execution` says; where `in_place`, the
/// gradient goes over a copy of the logits. Loss and log-sum-exp are rounded once from the type
/// that the kernel gives them in. A problem outside the domain is a note on standard error. Throws
/// UsageError where the implementation does not take the problem, FileError where targets or weight
/// are not of the type of the logits.
Computed compute_by_implementation(const Implementation& implementation, const ProblemFiles& files,
                                   const Wanted& wanted, bool in_place, const Execution& execution);

/// The correctly rounded results. Throws UndecidedResult.
Computed compute_by_reference(const ProblemFiles& files, const Wanted& wanted, int threads);

}  // namespace xent::cli
