// SPDX-License-Identifier: MIT
// Audited: the results that are to be judged, read from their files.
#pragma once

#include <optional>
#include <string>

#include "cases/tensor.hpp"
#include "cli/problem_files.hpp"

namespace xent::cli {

/// The file of each result, "" where there is none; and what 16-bit patterns in them stand for, ""
/// where it is not told.
struct AuditedPlaces {
  std::string loss, grad, lse;
  std::string loss_dtype, grad_dtype;  // of the log-sum-exp that of the loss
};

/// The results, as tensors that may be absent, and what they are of.
struct Audited {
  std::optional<cases::Tensor> loss;
  std::optional<cases::Tensor> grad;
  std::optional<cases::Tensor> lse;
  Reduction loss_reduction = Reduction::mean;
  Reduction grad_reduction = Reduction::mean;
};

/// A loss of the rows' shape is that of each row; a gradient is of the reduction named, or else of
/// what the loss is. Throws FileError, for a wrong shape too.
Audited read_audited(const AuditedPlaces& places, const ProblemOptions& options,
                     const ProblemFiles& files);

}  // namespace xent::cli
