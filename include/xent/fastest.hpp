// SPDX-License-Identifier: MIT
// Fastest: which of several timings of one operation and one run is the fastest, as far as it can
// be known. One rule for `xent pick`, the report's page and its verdict.
#pragma once

#include <algorithm>
#include <cmath>
#include <span>
#include <string>
#include <vector>

#include <xent/record.hpp>
#include <xent/timing.hpp>

namespace xent {

/// Times that differ by less are a tie: so much comes from where arrays and code happen to lie.
inline constexpr double tie_margin = 1.01;

/// What is in doubt, or was sampled too seldom for an interval, has to be slower by this in every
/// round to count as slower.
inline constexpr double clear_margin = 1.5;

struct Fastest {
  /// The fastest; several where their order cannot be told. In the order of what was given; empty
  /// where nobody can be named.
  std::vector<const TimingRecord*> tied;
  /// The least median of those, and how much longer the others of the tie take than it, as an
  /// interval of the median ratio, in the order of `tied`.
  const TimingRecord* least = nullptr;
  std::vector<Interval> ratios;
  std::string doubt;  // why nobody is named; "" where there was nothing to choose from
};

namespace detail {

/// Whether the record has samples that can be compared at all.
inline bool has_samples(const TimingRecord& record) {
  return !record.samples_ns.empty() &&
         std::all_of(record.samples_ns.begin(), record.samples_ns.end(),
                     [](double ns) { return ns > 0 && std::isfinite(ns); });
}

inline bool is_sure(const TimingRecord& record) {
  return record.unreliable.empty() && record.samples_ns.size() >= least_samples;
}

inline bool is_slower(const TimingRecord& record, const TimingRecord& least) {
  const std::vector<double> all = ratios(record.samples_ns, least.samples_ns);
  if (is_sure(record)) return median_interval(all).low > tie_margin;
  return *std::min_element(all.begin(), all.end()) > clear_margin;
}

inline std::string doubt_of(const TimingRecord& record) {
  if (!record.unreliable.empty()) return record.implementation + ": " + record.unreliable;
  if (is_sure(record)) return "";
  return record.implementation + ": " + std::to_string(record.samples_ns.size()) +
         " samples are too few, at least " + std::to_string(least_samples) + " are needed";
}

}  // namespace detail

/// Nobody is named where the fastest, or one that might be, is unreliable.
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
