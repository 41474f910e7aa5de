// SPDX-License-Identifier: MIT
// Reliability: three signs of a disturbed measurement.

#include "bench/reliability.hpp"

#include <algorithm>

#include <fmt/format.h>

#include <xent/records/sample_statistics.hpp>

#include "bench/roofs/roofline.hpp"

namespace xent::bench {

std::string unreliable(const TimingRecord& record) {
  if (record.roof_multiple && !(*record.roof_multiple >= least_multiple))
    return fmt::format("{:.2f} times the roof, which nothing can be faster than",
                       *record.roof_multiple);
  if (2 * record.preempted > std::ssize(record.samples_ns))
    return fmt::format("other processes ran during {} of {} samples", record.preempted,
                       record.samples_ns.size());
  if (!(record.ns_median <= most_above_minimum * record.ns_min))
    return fmt::format("the median is {:.2f} times the minimum", record.ns_median / record.ns_min);
  return "";
}

void set_times(const Series& series, std::span<const RoofRecord> roofs, bool crowded,
               TimingRecord& record) {
  record.samples_ns = series.ns;
  record.repetitions = std::ssize(series.ns);
  record.preempted = series.preempted;
  record.ns_min = *std::min_element(series.ns.begin(), series.ns.end());
  record.ns_median = median(series.ns);
  record.spread = spread(series.ns);
  record.roof_multiple.reset();
  if (!crowded) record.roof_multiple = record.ns_min / roof_ns(record, roofs);
  record.unreliable = unreliable(record);
}

}  // namespace xent::bench
