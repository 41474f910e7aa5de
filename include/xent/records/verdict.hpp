// SPDX-License-Identifier: MIT
// The verdicts that records have.
#pragma once

#include <string_view>

namespace xent {

/// What a check, or a run, comes to:
///
///   mistrusted        the check ran and proves little, because too few cases reached it
///   undecided         an exact value is too close to a boundary for the reference to settle
///   nothing_checked   none of the checks of a run ran
///   interrupted       a run ended before all its work was done
enum class Verdict { passed, failed, skipped, mistrusted, undecided, nothing_checked, interrupted };

inline constexpr Verdict all_verdicts[] = {
    Verdict::passed,    Verdict::failed,          Verdict::skipped,    Verdict::mistrusted,
    Verdict::undecided, Verdict::nothing_checked, Verdict::interrupted};

constexpr std::string_view to_string(Verdict v) {
  switch (v) {
    case Verdict::passed: return "passed";
    case Verdict::failed: return "failed";
    case Verdict::skipped: return "skipped";
    case Verdict::mistrusted: return "mistrusted";
    case Verdict::undecided: return "undecided";
    case Verdict::nothing_checked: return "nothing_checked";
    case Verdict::interrupted: return "interrupted";
  }
  return "";
}

}  // namespace xent
