// SPDX-License-Identifier: MIT
// Finds the fastest of several timings of one operation in one run, as far as it can be known.
// `xent pick`, the report's page and its verdict use this one rule.
#pragma once

#include <algorithm>
#include <cmath>
#include <span>
#include <string>
#include <vector>

#include <xent/records/results.hpp>
#include <xent/records/sample_statistics.hpp>

namespace xent {

/// Times whose ratio is below this tie: so large a difference comes from where arrays and code lie.
inline constexpr double tie_margin = 1.01;

/// A timing that is unreliable, or has too few samples for an interval, counts as slower only where
/// its ratio is above this in every round.
inline constexpr double clear_margin = 1.5;

/// The answer of fastest().
struct Fastest {
  /// The fastest timing, or those that tie for it, in the order in which they were given; empty
  /// where none can be named.
  std::vector<const TimingRecord*> tied;
  /// The timing of the least median, and for each of `tied`, in its order, the interval of the
  /// median ratio of its times to those of `least`.
  const TimingRecord* least = nullptr;
  std::vector<Interval> ratios;
  std::string doubt;  // why none is named; "" where there was nothing to choose from
};

namespace detail {

/// Tells whether the record has samples and each is positive and finite.
inline bool has_samples(const TimingRecord& record) {
  return !record.samples_ns.empty() &&
         std::all_of(record.samples_ns.begin(), record.samples_ns.end(),
                     [](double ns) { return ns > 0 && std::isfinite(ns); });
}

/// Tells whether the record is reliable and has samples enough for an interval.
inline bool is_sure(const TimingRecord& record) {
  return record.unreliable.empty() && record.samples_ns.size() >= least_samples;
}

/// Tells whether the record is slower than the one of the least median.
inline bool is_slower(const TimingRecord& record, const TimingRecord& least) {
  const std::vector<double> all = ratios(record.samples_ns, least.samples_ns);
  if (is_sure(record)) return median_interval(all).low > tie_margin;
  return *std::min_element(all.begin(), all.end()) > clear_margin;
}

/// Returns why the record cannot be named, or "".
inline std::string doubt_of(const TimingRecord& record) {
  if (!record.unreliable.empty()) return record.implementation + ": " + record.unreliable;
  if (is_sure(record)) return "";
  return record.implementation + ": " + std::to_string(record.samples_ns.size()) +
         " samples are too few, at least " + std::to_string(least_samples) + " are needed";
}

}  // namespace detail

/// Returns the fastest of the records, which are of one operation on one shape in one run. None is
/// named where the fastest, or one that may be, is unreliable or has too few samples, or where one
/// has no samples.
inline Fastest fastest(std::span<const TimingRecord* const> among) {
  Fastest found;
  for (const TimingRecord* one : among) {
    if (!detail::has_samples(*one)) {
      found.doubt = one->implementation + ": it has no samples";
      return {{}, nullptr, {}, found.doubt};
    }
    if (found.least == nullptr || median(one->samples_ns) < median(found.least->samples_ns))
      found.least = one;
  }
  for (const TimingRecord* one : among) {
    if (one != found.least && detail::is_slower(*one, *found.least)) continue;
    if (std::string doubt = detail::doubt_of(*one); !doubt.empty())
      return {{}, nullptr, {}, std::move(doubt)};
    found.tied.push_back(one);
    found.ratios.push_back(median_interval(ratios(one->samples_ns, found.least->samples_ns)));
  }
  return found;
}

}  // namespace xent
