// SPDX-License-Identifier: MIT
// What verify found: laws, and errors on cases.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <xent/records/errors.hpp>
#include <xent/records/verdict.hpp>

namespace xent {

/// What one law came to for one implementation and element type; Results::statements has its
/// formula.
struct LawRecord {
  std::string law;
  std::string implementation;
  std::string dtype;
  Verdict verdict = Verdict::skipped;
  std::int64_t cases = 0;  // how many it was checked on, all inside the domain
  double seconds = 0;
  std::string message;               // why it failed or was not claimed
  std::string command;               // repeats the check; "" where it passed or was not run
  std::string instruction_set = {};  // on which it failed; "" where there is no choice
  Witness witness = {};  // what broke it: numbers in decimal and hexadecimal; without a command,
                         // and in a table without a case
  std::optional<double> ratio = {};  // error / contract of the witness, where the law is about that
  std::string plugin = {};           // whose kernel it is; "" of an implementation of this program
  std::int64_t run = 0;              // index into Results::runs
};

/// A law and what it states, as a formula.
struct LawStatement {
  std::string law;
  std::string statement;

  bool operator==(const LawStatement&) const = default;
};

/// One case that was judged. A document writes it as an array of these members, in this order, and
/// ends it before an empty place.
struct JudgedCase {
  std::string targets;  // "labels", "one_hot", "probs" or "csr", and the options
  std::int64_t classes = 0;
  std::int64_t rows = 0;            // judged
  std::optional<double> max_ratio;  // error / contract
  /// The place of that error (place_of); "" where slim (properties/judging/slim.hpp) left it out.
  std::string place = {};

  bool operator==(const JudgedCase&) const = default;
};

/// The targets of a judged case as the tables of error / contract tell them apart; no table has
/// those with options.
enum class TargetsKind { labels, soft, with_options };

inline TargetsKind kind_of_targets(const JudgedCase& one) {
  if (one.targets == "labels") return TargetsKind::labels;
  return one.targets == "probs" || one.targets == "one_hot" ? TargetsKind::soft
                                                            : TargetsKind::with_options;
}

/// The errors of one implementation on all cases of one family or data set. Numbers of `errors` are
/// rounded up to four digits. A maximum has its witness where no other record of its kind has a
/// larger maximum (properties/judging/slim.hpp), and where the verdict is not passed.
struct AccuracyRecord {
  std::string implementation;
  std::string dtype;
  std::string instruction_set;  // "" where the implementation is not dispatched
  std::string source;           // a family of cases or a data set
  std::string quantity;         // "loss" or "grad"
  std::string tier;             // the tier that the contract promises
  /// The tier that these errors would deserve, where the contract promises no bounds; else "".
  std::string deserves = {};
  std::string fault = {};  // what the kernel did that no kernel may do; "" where it did nothing
  ErrorStats errors;
  Verdict verdict = Verdict::skipped;
  std::string plugin = {};  // as in LawRecord
  double seconds = 0;       // of computing and judging; loss and gradient have half of it each
  std::vector<JudgedCase> cases;  // none where the source is outside the domain
  std::int64_t run = 0;           // index into Results::runs
};

}  // namespace xent
