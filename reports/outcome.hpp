// SPDX-License-Identifier: MIT
// Outcome: a verdict, and results that are no number of ulp, in words.
#pragma once

#include <string>
#include <vector>

#include <xent/record.hpp>

namespace xent::reports {

/// "passed", "failed", "not claimed" (skipped) or "mistrusted".
std::string outcome_name(Verdict verdict);

/// "2 NaN unexpected, 1 lost": those above 0; "none".
std::string categories_text(const Categories& categories);

/// What shows that the errors are a failure: the input that breaks the contract, else one whose
/// result is no number of ulp, else that of the largest error.
const Witness& telling_witness(const ErrorStats& errors);

/// "simd f32, loss on digits (labels)".
std::string subject(const AccuracyRecord& record);

}  // namespace xent::reports
