// SPDX-License-Identifier: MIT
#include "cli/verbs/verify/verification.hpp"

#include <algorithm>
#include <cstddef>
#include <string>

#include <fmt/format.h>

#include "cli/layout.hpp"
#include "cli/progress.hpp"
#include "cli/stopping.hpp"
#include "cli/verbs/verify/findings.hpp"
#include "properties/judging/accuracy.hpp"
#include "properties/judging/slim.hpp"
#include "reports/append.hpp"

namespace xent::cli {
namespace {

class Verifier {
 public:
  explicit Verifier(const Verification& work)
      : work_(work),
        run_options_(work.run),
        shard_(work.shard),
        pieces_(work.shard.pieces(pieces_of(work))) {
    run_options_.before_case = stop_if_interrupted;
  }

  Verified run() {
    for (const auto* law : work_.laws)
      made_.results.statements.push_back({std::string(law->name), std::string(law->statement)});
    for (auto begin = work_.subjects.begin(); begin != work_.subjects.end() && !made_.incomplete;) {
      const auto* implementation = begin->implementation;
      const auto end = std::find_if(begin, work_.subjects.end(), [&](const Subject& one) {
        return one.implementation != implementation;
      });
      Results found;
      try {
        for (; begin != end; ++begin) check(*begin, found);
      } catch (const Interrupted&) {
        made_.incomplete = true;
      }
      progress_.clear();
      report(std::string(implementation->name), found);
    }
    properties::slim(made_.results.accuracy);
    return std::move(made_);
  }

 private:
  void check(const Subject& subject, Results& found) {
    for (const auto* law : work_.laws) {
      if (!shard_.takes_next()) continue;
      begin_piece(subject, law->name);
      found.laws.push_back(run_law(*law, *subject.implementation, subject.dtype, run_options_));
    }
    if (!work_.accuracy || !shard_.takes_next()) return;
    begin_piece(subject, "accuracy");
    measure(subject, found);
  }

  void measure(const Subject& subject, Results& found) const {
    if (!work_.run.only)
      return measure_accuracy(*subject.implementation, subject.dtype, *work_.accuracy,
                              stop_if_interrupted, found.accuracy);
    for (auto& one : properties::measure_accuracy(*subject.implementation, *work_.run.only))
      found.accuracy.push_back(std::move(one));
  }

  void begin_piece(const Subject& subject, std::string_view what) {
    stop_if_interrupted();
    progress_.show("check", done_++, pieces_, fmt::format("{}: {}", to_string(subject), what));
  }

  void report(const std::string& implementation, const Results& found) {
    if (found.laws.empty() && found.accuracy.empty()) return;  // of another shard
    if (work_.speaks) say(findings_text(implementation, found.laws, found.accuracy, work_.verbose));
    reports::append(made_.results, found);
  }

  const Verification& work_;
  properties::RunOptions run_options_;
  Shard shard_;
  std::size_t pieces_;
  std::size_t done_ = 0;
  Progress progress_;
  Verified made_;
};

}  // namespace

std::size_t pieces_of(const Verification& work) {
  return work.subjects.size() * (work.laws.size() + (work.accuracy ? 1 : 0));
}

Verified verify(const Verification& work) { return Verifier(work).run(); }

}  // namespace xent::cli
