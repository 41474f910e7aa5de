// SPDX-License-Identifier: MIT
// Failures: checks that are not green, put together by cause.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include <xent/records/results.hpp>

namespace xent::cli {

/// A check that failed, is undecided or mistrusted.
struct Failure {
  Verdict verdict = Verdict::failed;
  std::string law;       // of a check of accuracy, that of its contract
  std::string quantity;  // "loss" or "grad"; "" where the check has no witness
  std::string dtype;
  std::string instruction_set;  // "" where there is no choice
  Witness witness;              // of the largest error; nothing where the check has none
  std::optional<double> ratio;  // error / contract of the witness, where that is above 1
  std::string remark;           // of results that are no number of ulp, or of why it is mistrusted
  std::string command;          // repeats it
};

/// Those of one implementation, laws first.
std::vector<Failure> failures_of(const std::vector<LawRecord>& laws,
                                 const std::vector<AccuracyRecord>& accuracy);

/// Failures of the same verdict, law, quantity, element type and instruction set.
struct Cause {
  std::size_t checks = 0;
  /// The first failure whose error is no number of ulp; where there is none, the one of the largest
  /// error / contract; where that is not known, the one of the largest error.
  Failure worst;
};

/// In the order in which the causes first appear.
std::vector<Cause> causes_of(const std::vector<Failure>& failures);

}  // namespace xent::cli
