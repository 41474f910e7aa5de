// SPDX-License-Identifier: MIT
// Outcome: a verdict, and results that are no number of ulp, in words.
#pragma once

#include <string>
#include <vector>

#include <xent/records/results.hpp>

namespace xent::reports {

/// "passed", "failed", "not claimed" (skipped), "mistrusted" or "undecided".
std::string outcome_name(Verdict verdict);

/// "2 NaN unexpected, 1 lost to zero": those above 0; "none".
std::string categories_text(const Categories& categories);

/// "error / contract 1.25, largest error 2.00 ulp of 600 results; special values wrong: none".
std::string errors_text(const ErrorStats& errors);

/// "simd f32, loss on digits".
std::string subject(const AccuracyRecord& record);

/// What the law states, "" where the results do not say.
std::string statement_of(const Results& results, const std::string& law);

}  // namespace xent::reports
