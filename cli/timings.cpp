// SPDX-License-Identifier: MIT
// Timings of bench as text.

#include "cli/timings.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "cli/layout.hpp"
#include "cli/table.hpp"
#include "reports/records/pick.hpp"

namespace xent::cli {
namespace {

TableRow row(const TimingRecord& t) {
  const double logits = reports::logits(reports::operation_of(t));
  return {shape_text(t),
          t.residency,
          reports::variant(t),
          reports::form_text(reports::operation_of(t)),
          fmt::format("{}", t.threads),
          fmt::format("{:.3f}{}", t.ns_min / logits, t.unreliable.empty() ? "" : "?"),
          fmt::format("{:.3f}", t.ns_median / logits),
          percent_text(t.spread),
          t.roof_multiple ? fmt::format("{:.2f}", *t.roof_multiple) : "-",
          fmt::format("{:.3g}", t.checked_ulp)};
}

/// What the columns mean.
std::string explanation(const bench::Measurements& found) {
  const bool gradient = std::any_of(found.timings.begin(), found.timings.end(),
                                    [](const TimingRecord& t) { return t.gradient; });
  return fmt::format(
      "\nns/logit: the shortest of the samples; median: the middle one\n"
      "spread: the distance of the samples' quartiles, over the median\n"
      "x roof: over the fastest read of the logits, and of dense targets{}\n"
      "residency: the smallest cache that holds the arrays\n",
      gradient ? ", plus the fastest write of the gradient (write or nt_write)" : "");
}

}  // namespace

std::string shape_text(const TimingRecord& timed) {
  return to_string(
      bench::Shape{.rows = timed.batch, .classes = timed.classes, .inner = timed.inner});
}

std::string percent_text(double share) { return fmt::format("{:.1f} %", 100 * share); }

std::string crowd_text(int threads, std::int64_t cores) {
  if (threads <= cores) return "";
  return fmt::format("{} threads take turns on {} core{}: no multiple of the roof is given",
                     threads, cores, cores == 1 ? "" : "s");
}

void print_timings(const bench::Measurements& found) {
  std::vector<TableRow> rows = {{"shape", "residency", "implementation", "targets", "threads",
                                 "ns/logit", "median", "spread", "x roof", "loss ulp"}};
  for (const TimingRecord& t : found.timings) rows.push_back(row(t));
  fmt::print("{}\n", table(rows));
  std::vector<TableRow> roofs = {{"shape", "residency", "roof", "kernel", "GB/s"}};
  for (const RoofRecord& roof : found.roofs)
    if (roof.fastest)
      roofs.push_back({fmt::format("{}x{}", roof.batch, roof.classes), roof.residency, roof.kind,
                       roof.kernel, fmt::format("{:.1f}", roof.gigabytes_per_second)});
  fmt::print("{}", table(roofs));
  std::string text = explanation(found);
  for (const TimingRecord& t : found.timings)
    if (!t.unreliable.empty())
      text += fmt::format("? unreliable: {}, {} {}: {}\n", reports::variant(t), shape_text(t),
                          t.targets, t.unreliable);
  for (const auto& skipped : found.skipped) text += fmt::format("not timed: {}\n", skipped.text);
  for (const auto& failure : found.failures)
    text += fmt::format("FAILED, not timed: {}\n", failure.text);
  say(text);
}

}  // namespace xent::cli
