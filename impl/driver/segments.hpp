// SPDX-License-Identifier: MIT
// Cuts a range into at most 64 segments that threads share. The cuts do not depend on the number of
// threads, so partial results that are put together in the order of the segments have the same bits
// for any number of them.
#pragma once

#include <algorithm>
#include <cstddef>

#include "impl/driver/team.hpp"

namespace xent::impl {

inline constexpr std::ptrdiff_t most_segments = 64;

/// The segments of a range [0, size).
class Segments {
 public:
  /// Cuts [0, size) into segments whose length is a multiple of `grain`, but for the last.
  Segments(std::ptrdiff_t size, std::ptrdiff_t grain) noexcept : size_(size) {
    const std::ptrdiff_t least = (size + most_segments - 1) / most_segments;
    length_ = std::max<std::ptrdiff_t>((least + grain - 1) / grain * grain, grain);
  }

  std::ptrdiff_t count() const noexcept { return (size_ + length_ - 1) / length_; }

  /// Calls f(segment, begin, end) for each segment, on up to `threads` threads, each of which has
  /// the caller's floating-point environment.
  template <class F>
  void for_each(int threads, F f) const noexcept {
    const std::ptrdiff_t segments = count();
    const auto call = [&](std::ptrdiff_t segment) {
      f(segment, segment * length_, std::min(size_, (segment + 1) * length_));
    };
    const int team = segments <= 1 ? 1 : team_size(threads);
    if (team == 1) {
      for (std::ptrdiff_t segment = 0; segment < segments; ++segment) call(segment);
      return;
    }
    const CallersEnvironment callers;
#pragma omp parallel num_threads(team)
    {
      const CallersEnvironment::InWorker environment(callers);
#pragma omp for schedule(dynamic, 1)
      for (std::ptrdiff_t segment = 0; segment < segments; ++segment) call(segment);
    }
  }

 private:
  std::ptrdiff_t size_;
  std::ptrdiff_t length_;
};

/// How many threads share a problem: either its rows, or the segments of each row.
struct Sharing {
  int over_rows = 1;
  int within_rows = 1;

  /// Returns how up to `count` threads share `rows` x `classes` logits: not at all where they are
  /// few, and within rows where these are wide and few.
  static Sharing of(std::ptrdiff_t rows, std::ptrdiff_t classes, int count) noexcept {
    constexpr std::ptrdiff_t least_work = 1 << 15;  // logits: ten times as long as starting threads
    if (count <= 1 || rows * classes < least_work) return {};
    const bool splits = classes >= least_split && rows < std::ptrdiff_t{8} * count;
    return splits ? Sharing{1, count} : Sharing{count, 1};
  }

  /// A row of least_split or more classes is computed in segments of a multiple of split_grain
  /// classes, also by one thread.
  static constexpr std::ptrdiff_t least_split = 1 << 17;
  static constexpr std::ptrdiff_t split_grain = 1 << 16;
};

/// Calls f(0, classes) for a whole row, or f(begin, end) for each segment of a wide row where more
/// than one thread shares it.
template <class F>
void for_each_part(std::ptrdiff_t classes, int threads, F f) noexcept {
  if (threads == 1 || classes < Sharing::least_split) return f(std::ptrdiff_t{0}, classes);
  const Segments segments(classes, Sharing::split_grain);
  segments.for_each(
      threads, [&](std::ptrdiff_t, std::ptrdiff_t begin, std::ptrdiff_t end) { f(begin, end); });
}

}  // namespace xent::impl
