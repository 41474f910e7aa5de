// SPDX-License-Identifier: MIT
// Audited: the results that are to be judged, read from their files.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "cli/problem/problem_files.hpp"
#include "cli/verbs/audit/narrowed.hpp"
#include "tensors/tensor.hpp"

namespace xent::cli {

/// The file of each result, "" where there is none; and what 16-bit patterns in them stand for, ""
/// where it is not told.
struct AuditedPlaces {
  std::string loss, grad, lse, log_softmax;
  std::string loss_dtype, grad_dtype;  // of the others that of the loss
};

/// What a result is the reduction of, and who says so: "option", its "shape", the "loss" beside it,
/// or nobody ("default").
struct AuditedReduction {
  Reduction is = Reduction::mean;
  std::string_view from = "default";
};

/// The results, as tensors that may be absent, and what they are of.
struct Audited {
  std::optional<tensors::Tensor> loss;
  std::optional<tensors::Tensor> grad;
  std::optional<tensors::Tensor> lse;
  std::optional<tensors::Tensor> log_softmax;
  AuditedReduction loss_reduction;
  AuditedReduction grad_reduction;
  std::optional<Narrowing> loss_narrowing;
  std::optional<Narrowing> grad_narrowing;
  bool negated = false;  // the files have the negatives of loss and gradient
};

/// A loss of one number is of the reduction named, and without a name that of each row where there
/// is one row, else the mean; more numbers are those of the rows. A gradient is of the reduction
/// named, or else of what the loss is, or the mean. Where the type of a result is not told, it is
/// the narrowest that its numbers are of (narrow()). Losses and gradients that are those of
/// log-probabilities (--out) are negated, which is exact. Throws FileError, for a wrong shape too.
Audited read_audited(const AuditedPlaces& places, const ProblemOptions& options,
                     const ProblemFiles& files);

}  // namespace xent::cli
