// SPDX-License-Identifier: MIT
// The problem of an audit in words, with what was inferred.
#pragma once

#include <string>

#include "cli/verbs/audit/audited.hpp"

namespace xent::cli {

/// "[600, 10] f32, labels, loss: none (by its shape)".
std::string problem_text(const ProblemFiles& files, const Audited& audited);

}  // namespace xent::cli
