// SPDX-License-Identifier: MIT
// Progress: one line on standard error that is overwritten, where that is a terminal; else nothing.
#pragma once

#include <chrono>
#include <cstddef>
#include <string>
#include <string_view>

namespace xent::cli {

/// How long that is, for people: "45 s", "3 min 20 s", "2 h 5 min".
std::string duration_text(std::chrono::seconds time);

class Progress {
 public:
  Progress();
  ~Progress() { clear(); }
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  /// Says that `done` of `all` pieces of work are done, how long the others will take at this rate
  /// (once that can be told), and what is being done now: "row 3 of 10, 45 s left: WHAT". `piece`
  /// is what they are called. Cut to the width of the terminal; without WHAT, shown ten times a
  /// second at most.
  void show(std::string_view piece, std::size_t done, std::size_t all, std::string_view what = "");
  void clear();

 private:
  using Clock = std::chrono::steady_clock;

  bool terminal_;
  bool shown_ = false;
  std::size_t done_ = 0;
  Clock::time_point start_ = Clock::now();
  Clock::time_point last_ = start_ - std::chrono::hours(1);
};

}  // namespace xent::cli
