// SPDX-License-Identifier: MIT
// The verdict: what all checks come to, in one word and in one line.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <xent/records/results.hpp>

namespace xent::reports {

struct Tally {
  std::int64_t passed = 0;
  std::int64_t failed = 0;
  std::int64_t skipped = 0;
  std::int64_t mistrusted = 0;
  std::int64_t undecided = 0;

  std::int64_t ran() const { return passed + failed + mistrusted + undecided; }
};

template <class Records>
Tally tally(const Records& records) {
  Tally count;
  for (const auto& one : records) switch (one.verdict) {
      case Verdict::passed: ++count.passed; break;
      case Verdict::failed: ++count.failed; break;
      case Verdict::skipped: ++count.skipped; break;
      case Verdict::mistrusted: ++count.mistrusted; break;
      case Verdict::undecided: ++count.undecided; break;
      case Verdict::nothing_checked:
      case Verdict::interrupted: break;
    }
  return count;
}

/// Whether a check of that verdict must not pass for one that did: `failed` and `undecided`.
constexpr bool fails(Verdict verdict) {
  return verdict == Verdict::failed || verdict == Verdict::undecided;
}

/// Whether a run was interrupted before its work was done.
bool is_incomplete(const Results& results);

/// What two checks come to: `failed` beats `undecided` beats `interrupted` beats `mistrusted` beats
/// `passed` beats `skipped`.
Verdict worse(Verdict a, Verdict b);

/// The worst verdict of any law or accuracy check; without one that ran, `passed` where timed
/// results were checked before they were timed, else `nothing_checked`. At least `interrupted`
/// where a run was.
Verdict overall(const Results& results);

/// The largest error / contract of all accuracy records; NaN where one is, absent where none is
/// measured.
std::optional<double> largest_ratio(const Results& results);

/// What that verdict says of a run: 0 for `passed`, else 1. Nothing checked is no success.
constexpr int exit_code(Verdict verdict) { return verdict == Verdict::passed ? 0 : 1; }

/// For instance: "All 124 law checks passed; largest error / contract 0.93; fastest accurate
/// forward at 128 × 50257 (f32, labels): simd, 2.40 × the read roof." It begins with
/// "NOTHING_CHECKED: " where nothing was, with "INTERRUPTED: " where a run is incomplete.
std::string verdict_line(const Results& results);

}  // namespace xent::reports
