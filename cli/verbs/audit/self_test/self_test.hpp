// SPDX-License-Identifier: MIT
// xent audit --self-test: results that xent makes itself, right and wrong in every way that it
// knows, are audited, and what the audit says of each is told.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cli/verbs/audit/audit_verdict.hpp"
#include "explain/explain.hpp"

namespace xent::cli {

/// What was made, and what was said of it.
struct SelfTestLine {
  std::string made;    // "softmax_twice", or the name of an implementation
  std::string recipe;  // of the problem
  /// What it may be called at most: of an implementation, and of what does not show in f32.
  std::optional<Grade> at_most = {};
  Grade grade = Grade::nothing_checked;
  explain::Explanation explanation = {};  // of what is suspect or wrong

  /// Whether an implementation is called no worse than it may be, and what is planted is called
  /// suspect or wrong and named.
  bool passed() const;
};

/// One line for each implementation, in all problems the worst, and for each hypothesis, in the
/// problem that tells it best.
std::vector<SelfTestLine> self_test(int threads);

/// A table, and how many lines passed.
std::string to_text(const std::vector<SelfTestLine>& lines);

}  // namespace xent::cli
