// SPDX-License-Identifier: MIT
// Records are what verify and bench found, as plain data. Reports read these and nothing else.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

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

/// An input that attains a maximum or breaks a rule. Numbers are text: hexadecimal loses nothing.
struct Witness {
  std::string case_id;       // the case, as `xent verify --case` takes it
  std::int64_t row = -1;     // -1: the reduced loss
  std::int64_t column = -1;  // -1: the loss, -2: the log-sum-exp
  std::string got;
  std::string expected;       // the exact value to 17 digits
  std::optional<double> ulp;  // the error in ulp of the exact value; none where one is no number
  std::string command;        // the command that repeats it

  bool operator==(const Witness&) const = default;
};

/// The number of results in each category: outcomes that are not a number of ulp, and are counted,
/// never folded into a maximum in ulp.
struct Categories {
  std::int64_t nan_unexpected = 0;  // NaN where the exact value is a number
  std::int64_t nan_missing = 0;     // a number where the policy says NaN
  std::int64_t inf_unexpected = 0;  // inf where the exact value rounds to a finite number
  std::int64_t inf_missing = 0;     // finite where the exact value is, or rounds to, inf
  std::int64_t wrong_sign = 0;      // a number but 0 whose sign is not that of y
  std::int64_t wrong_zero = 0;      // a loss of -0 where the exact one is not negative
  std::int64_t negative = 0;        // a loss below 0 where the exact one is not
  std::int64_t lost = 0;            // 0 where the exact value is a normal number
  std::int64_t not_zero = 0;        // a number where the exact value is 0

  std::int64_t total() const;
  /// Returns those of NaN and inf, each of which breaks the contract of any tier.
  std::int64_t of_no_numbers() const {
    return nan_unexpected + nan_missing + inf_unexpected + inf_missing;
  }
  bool operator==(const Categories&) const = default;
};

/// The names of a category: that of the member, and the words that follow a number of results.
struct CategoryName {
  std::int64_t Categories::*member;
  std::string_view key;
  std::string_view words;
};

/// The names of all members of Categories.
inline constexpr CategoryName all_categories[] = {
    {&Categories::nan_unexpected, "nan_unexpected", "NaN unexpected"},
    {&Categories::nan_missing, "nan_missing", "NaN missing"},
    {&Categories::inf_unexpected, "inf_unexpected", "inf unexpected"},
    {&Categories::inf_missing, "inf_missing", "inf missing"},
    {&Categories::wrong_sign, "wrong_sign", "of wrong sign"},
    {&Categories::wrong_zero, "wrong_zero", "zero of wrong sign"},
    {&Categories::negative, "negative", "below zero"},
    {&Categories::lost, "lost", "lost to zero"},
    {&Categories::not_zero, "not_zero", "not zero"}};

inline std::int64_t Categories::total() const {
  std::int64_t sum = 0;
  for (const CategoryName& one : all_categories) sum += this->*one.member;
  return sum;
}

/// The errors of a set of results against the certified exact values y, with a witness of each
/// maximum. An ulp is that of y. The ulp of the terms, which contracts are stated in, is that of
/// the sum of the magnitudes of the terms of y that may cancel: the two of a gradient component,
/// all of a loss of soft targets, |m| and l of a log-sum-exp; where nothing can cancel it is that
/// of y. A maximum is the upper end of a certified interval, and absent where no result has such an
/// error. Results that are counted in `categories` count in no maximum but max_ratio; those of them
/// that are `cancelled` also count in max_terms_ulp, max_absolute and max_backward.
struct ErrorStats {
  std::int64_t count = 0;
  std::int64_t correctly_rounded = 0;    // certainly the nearest number to y, or rightly NaN or inf
  std::int64_t undecided = 0;            // the reference reached its last precision
  Witness undecided_witness;             // the first of them
  std::optional<double> p50, p99, p999;  // ulp, rounded up
  std::optional<double> max_ulp;
  Witness max_witness;
  std::optional<double> max_terms_ulp;
  Witness terms_witness;
  std::optional<double> max_relative;  // |got - y| / |y|
  Witness relative_witness;
  std::optional<double> max_absolute;  // |got - y| / u
  Witness absolute_witness;
  /// The backward error |got - y| / (u (|y| + sum_k |x_k dy/dx_k|)). It is near 1 where a result is
  /// as good as its inputs allow, however large its error in ulp. The sum is known to 3 digits.
  std::optional<double> max_backward;
  Witness backward_witness;
  std::optional<double> max_ratio;  // error / contract; above 1 the contract is broken
  Witness ratio_witness;
  Categories categories;
  /// How many of those in `categories` are wrong signs and zeros that a contract allows, because
  /// the terms of y cancel to less than its bound.
  std::int64_t cancelled = 0;
  /// The witness of the first NaN or inf in `categories`, else of the first result that is not
  /// `cancelled`, else of the first.
  Witness category_witness;

  /// Returns how many results in `categories` no bound allows.
  std::int64_t breaches() const { return categories.total() - cancelled; }

  /// Returns the witness that says most: that of a broken contract, else of a category, else of an
  /// undecided result, else of the maximum in ulp.
  const Witness& telling_witness() const {
    if (max_ratio > 1) return ratio_witness;
    if (breaches() > 0) return category_witness;
    return undecided > 0 ? undecided_witness : max_witness;
  }
  bool operator==(const ErrorStats&) const = default;
};

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
  std::int64_t run = 0;              // index into Results::runs
};

/// A law and what it states, as a formula.
struct LawStatement {
  std::string law;
  std::string statement;

  bool operator==(const LawStatement&) const = default;
};

/// One case that was judged. A document writes it as an array of these members, in this order.
struct JudgedCase {
  std::string targets;  // "labels", "one_hot", "probs" or "csr", and the options
  std::int64_t classes = 0;
  std::int64_t rows = 0;            // judged
  std::optional<double> max_ratio;  // error / contract

  bool operator==(const JudgedCase&) const = default;
};

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
  ErrorStats errors;
  Verdict verdict = Verdict::skipped;
  double seconds = 0;  // of computing and judging; loss and gradient have half of it each
  std::vector<JudgedCase> cases;  // none where the source is outside the domain
  std::int64_t run = 0;           // index into Results::runs
};

/// The time of one operation on one shape: for one thread the time in which it had a processor, for
/// several threads that on the wall. Its roof is the time in which the roof kernels of the same run
/// move the bytes that it has to move: that of the fastest read of the logits, for dense targets
/// times the bytes of logits and targets over those of the logits; with a gradient also that of the
/// fastest write of it.
struct TimingRecord {
  std::string implementation;  // or a peer
  std::string dtype;
  std::string instruction_set;  // in force; "" where there is no choice
  std::string targets;          // "labels", "one_hot", "probs" or "csr"
  bool gradient = false;
  std::int64_t batch = 0;
  std::int64_t classes = 0;
  std::int64_t threads = 1;  // that it and its roof may use
  std::int64_t repetitions = 0;
  double ns_min = 0;                    // per call
  double ns_median = 0;                 // per call
  double spread = 0;                    // from the first to the third quartile, over the median
  std::vector<double> samples_ns = {};  // per call; sample k of all of a shape are of one round
  std::int64_t preempted = 0;           // samples during which other processes took a processor
  std::string unreliable = {};          // why it cannot be relied on; "" where it can
  double bytes = 0;                     // logits, targets and gradient, each once
  std::string residency;                // the smallest cache that holds them: "L1d" …, or "DRAM"
  std::optional<double> roof_multiple =
      {};                  // ns_min over its roof; none of more threads than cores
  double checked_ulp = 0;  // largest loss error of the rows checked before timing
  std::int64_t checked_rows = 0;
  std::int64_t run = 0;  // index into Results::runs
};

/// The speed of one roof kernel, which only moves bytes: from the logits, to the gradient, or both.
struct RoofRecord {
  std::string kind;  // "read", "write", "nt_write" (non-temporal), "copy" or "nt_copy"
  std::string kernel;
  std::string dtype;
  std::int64_t batch = 0;
  std::int64_t classes = 0;
  std::int64_t threads = 1;  // that share the array
  double bytes = 0;          // per call: read plus written
  std::string residency;     // as in TimingRecord
  double gigabytes_per_second = 0;
  bool fastest = false;  // of its kind on this shape
  std::int64_t run = 0;  // index into Results::runs
};

/// Where a run was made, of what, and which part of which whole it is. Different runs may be of
/// different machines, builds or hours: their figures are never compared as if they were of one.
struct Provenance {
  std::string version;
  std::string revision;  // of the source, "+changes" where the tree was not clean
  std::string compiler;
  std::string flags;
  std::string build_type;
  std::string cpu;
  std::int64_t cores = 0;            // that the run may use: by affinity and quota, whole ones
  std::int64_t affinity = 0;         // in the affinity mask of the process
  std::optional<double> quota;       // cores' worth of time that control groups allow, if less
  std::optional<double> load_start;  // load average of a minute
  std::optional<double> load_end;
  std::optional<double> stolen;  // share of the time that the hypervisor gave to other machines
  std::string caches;
  std::string system;
  std::string libraries;  // names and versions
  std::vector<std::string> instruction_sets;
  std::string command;
  std::string date;  // UTC
  std::uint64_t seed = 0;
  std::string id;           // drawn for this run: two runs have two, copies of one the same
  std::string whole;        // the work that it is a part of, as options; "" where it is the whole
  std::int64_t part = 1;    // from 1 to parts
  std::int64_t parts = 1;   // that the whole was cut into
  bool incomplete = false;  // interrupted before its work was done: the records are of what was
};

/// The records of one run of verify or bench, or of several together.
struct Results {
  std::vector<Provenance> runs;
  std::vector<LawStatement> statements;  // of the laws, each once
  std::vector<LawRecord> laws;
  std::vector<AccuracyRecord> accuracy;
  std::vector<TimingRecord> timings;
  std::vector<RoofRecord> roofs;
};

}  // namespace xent
