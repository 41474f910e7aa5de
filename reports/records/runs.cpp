// SPDX-License-Identifier: MIT
// Runs: records of several runs kept apart, and put together in an order of their own.
#include "reports/records/runs.hpp"

#include <algorithm>
#include <numeric>
#include <tuple>
#include <utility>

#include <fmt/format.h>

#include "reports/append.hpp"
#include "reports/records/parts.hpp"

namespace xent::reports {
namespace {

const Provenance* find(const Results& results, std::int64_t run) {
  const bool known = run >= 0 && static_cast<std::size_t>(run) < results.runs.size();
  return known ? &results.runs[static_cast<std::size_t>(run)] : nullptr;
}

auto order_of(const Provenance& run) {
  return std::tie(run.whole, run.date, run.part, run.cpu, run.command, run.id);
}

/// Renumbers the runs of the records, and puts them in that order.
template <class R>
void reorder(std::vector<R>& records, const std::vector<std::int64_t>& new_index) {
  for (R& one : records) one.run = new_index[static_cast<std::size_t>(one.run)];
  std::stable_sort(records.begin(), records.end(),
                   [](const R& a, const R& b) { return a.run < b.run; });
}

void sort_by_run(Results& results) {
  std::vector<std::size_t> order(results.runs.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return order_of(results.runs[a]) < order_of(results.runs[b]);
  });
  std::vector<std::int64_t> new_index(order.size());
  std::vector<Provenance> runs;
  for (const std::size_t old : order) {
    new_index[old] = std::ssize(runs);
    runs.push_back(std::move(results.runs[old]));
  }
  results.runs = std::move(runs);
  reorder(results.laws, new_index);
  reorder(results.accuracy, new_index);
  reorder(results.timings, new_index);
  reorder(results.roofs, new_index);
}

}  // namespace

std::string machine_name(const Results& results, std::int64_t run) {
  const Provenance* found = find(results, run);
  if (found == nullptr || found->cpu.empty()) return "an unknown machine";
  return fmt::format("{} ({} cores)", found->cpu, found->cores);
}

std::string build_name(const Results& results, std::int64_t run) {
  const Provenance* found = find(results, run);
  return found == nullptr ? "" : fmt::format("{} ({})", found->version, found->revision);
}

Results put_together(const std::vector<SourceFile>& files) {
  require_whole(files);
  Results all;
  for (const SourceFile& file : files) append(all, file.results);
  sort_by_run(all);
  return all;
}

}  // namespace xent::reports
