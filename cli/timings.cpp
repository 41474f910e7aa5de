// SPDX-License-Identifier: MIT
// Timings of bench as text.

#include "cli/timings.hpp"

#include <string>
#include <vector>

#include <fmt/format.h>

#include "cli/table.hpp"

namespace xent::cli {
namespace {

std::string shape_text(std::int64_t batch, std::int64_t classes) {
  return fmt::format("{}x{}", batch, classes);
}

}  // namespace

void print_timings(const bench::Measurements& found) {
  std::vector<TableRow> rows = {
      {"shape", "implementation", "targets", "ns/logit", "ns/row", "x roof", "loss ulp"}};
  for (const TimingRecord& t : found.timings) {
    const auto logits = static_cast<double>(t.batch * t.classes);
    rows.push_back({shape_text(t.batch, t.classes), t.implementation, t.targets,
                    fmt::format("{:.3f}", t.ns_min / logits),
                    fmt::format("{:.1f}", t.ns_min / static_cast<double>(t.batch)),
                    fmt::format("{:.2f}", t.roof_multiple), fmt::format("{:.3g}", t.checked_ulp)});
  }
  fmt::print("{}\n", table(rows));
  std::vector<TableRow> roofs = {{"shape", "read roof", "GB/s"}};
  for (const RoofRecord& roof : found.roofs)
    if (roof.fastest)
      roofs.push_back({shape_text(roof.batch, roof.classes), roof.kernel,
                       fmt::format("{:.1f}", roof.gigabytes_per_second)});
  fmt::print("{}", table(roofs));
  for (const auto& skipped : found.skipped) fmt::print("not timed: {}\n", skipped.text);
  for (const auto& failure : found.failures) fmt::print("FAILED, not timed: {}\n", failure.text);
}

}  // namespace xent::cli
