// SPDX-License-Identifier: MIT
// Pick: which implementation was fastest at what, among those that keep a promise.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include <xent/contract.hpp>
#include <xent/records/fastest_or_tied.hpp>
#include <xent/records/results.hpp>

namespace xent::reports {

/// What is timed, in one run: times of two runs are not compared. Ordered by run, element type,
/// form, threads and size.
struct Operation {
  std::int64_t run = 0;
  std::string dtype;
  std::string targets;
  std::string reduction;
  std::string layout;
  std::int64_t threads = 1;
  bool gradient = false;
  std::int64_t classes = 0;
  std::int64_t inner = 1;
  std::int64_t batch = 0;

  auto key() const {
    return std::tie(run, dtype, targets, reduction, layout, threads, gradient, classes, inner,
                    batch);
  }
  /// The same of every shape, without gradient and with it.
  Operation of_all_shapes() const {
    Operation all = *this;
    all.gradient = false;
    all.classes = all.batch = 0;
    all.inner = 1;
    return all;
  }
  bool operator==(const Operation& other) const { return key() == other.key(); }
  bool operator<(const Operation& other) const { return key() < other.key(); }
};

Operation operation_of(const TimingRecord& record);

/// N C, as a double: a record may hold anything.
double logits(const Operation& operation);

/// ns_min / (N C).
double ns_per_logit(const TimingRecord& record);

/// "simd", or "simd (AVX2)" where the record names an instruction set.
std::string variant(const std::string& implementation, const std::string& instruction_set);
std::string variant(const TimingRecord& record);

/// ", 2 threads", or nothing of one.
std::string threads_name(std::int64_t threads);

/// ", run 2 on a processor (2 cores)" of results that hold several runs, numbered from 1 as in
/// their provenance; else nothing.
std::string run_name(std::int64_t run, const Results& results);

/// The names of a tie: "simd", "faithful or simd", "a, b or c".
std::string names_of(const std::vector<const TimingRecord*>& tied);

/// "one-hot" for "one_hot"; other names of target forms are words already.
std::string form_name(const std::string& targets);

/// What is said of the targets and of how arrays lie and losses are reduced, where that is not
/// usual: "labels", "one-hot", "labels+weight, strided, sum".
std::string form_text(const Operation& operation);

/// The rows, "4096"; of more axes those before and behind the classes, "4 × 262144".
std::string batch_text(const Operation& operation);

/// Ranks the timings of results, each run apart. An implementation with a check that failed or is
/// undecided in a run of the same build is ranked nowhere for that element type; one without
/// accuracy records has promised nothing. Points into the results.
class Picker {
 public:
  explicit Picker(const Results& results);

  /// The operations timed, ascending.
  const std::vector<Operation>& operations() const { return operations_; }

  /// The fastest of those that promise at least `tier`, by the rule of xent::fastest; of a tie
  /// those that promise more first.
  Fastest fastest(const Operation& operation, Tier tier) const;

  /// The tiers that some timed implementation is of exactly, and `none`; weakest first.
  std::vector<Tier> tiers() const;

 private:
  struct Standing {
    Tier tier = Tier::none;
    bool failed = false;
  };
  Standing standing(const TimingRecord& record) const;

  using Subject =
      std::tuple<std::string, std::string, std::string>;  // build, implementation, dtype

  const Results* results_;
  std::map<Subject, Standing> standings_;
  std::multimap<Operation, const TimingRecord*> timings_;
  std::vector<Operation> operations_;
};

}  // namespace xent::reports
