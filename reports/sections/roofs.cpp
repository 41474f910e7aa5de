// SPDX-License-Identifier: MIT
// Roofs: how fast the machine reads the logits of each shape, writes its gradient, and copies.
#include <algorithm>
#include <map>
#include <tuple>
#include <utility>

#include <fmt/format.h>

#include "reports/groups.hpp"
#include "reports/number.hpp"
#include "reports/records/pick.hpp"
#include "reports/sections.hpp"

namespace xent::reports::sections {
namespace {

using Key = std::tuple<std::string, std::int64_t, std::int64_t, std::int64_t>;  // of one run
using Row = std::map<std::string, const RoofRecord*>;                           // by kernel

Key key_of(const RoofRecord& one) { return {one.dtype, one.threads, one.classes, one.batch}; }

/// "nt" is spelt out; other kinds are words already.
std::string words_of(const std::string& kind) {
  return kind.starts_with("nt_") ? "non-temporal " + kind.substr(3) : kind;
}

std::vector<Cell> cells(const Row& row, const std::vector<std::string>& kernels) {
  const RoofRecord& any = *row.begin()->second;
  std::vector<Cell> made{{any.dtype},
                         {fmt::format("{}", any.threads)},
                         {fmt::format("{}", any.classes)},
                         {fmt::format("{}", any.batch)},
                         {any.residency}};
  for (const std::string& kernel : kernels) {
    const auto found = row.find(kernel);
    made.push_back(found == row.end()
                       ? Cell{"–"}
                       : Cell{.text = three_digits(found->second->gigabytes_per_second),
                              .best = found->second->fastest});
  }
  return made;
}

/// The roofs of one kind and run.
Table table(const Group<RoofRecord>& roofs, const Results& results) {
  std::vector<std::string> kernels;
  std::map<Key, Row> rows;
  for (const RoofRecord* one : roofs) {
    rows[key_of(*one)][one->kernel] = one;
    if (std::find(kernels.begin(), kernels.end(), one->kernel) == kernels.end())
      kernels.push_back(one->kernel);
  }
  Table made{
      fmt::format("Bandwidth, {}{}, GB/s", words_of(roofs.front()->kind),
                  run_name(roofs.front()->run, results)),
      {{"dtype"}, {"threads", "", true}, {"classes", "", true}, {"batch", "", true}, {"residency"}},
      4};
  for (const std::string& kernel : kernels) made.columns.push_back({kernel, "", true});
  for (const auto& [key, row] : rows) made.rows.push_back(cells(row, kernels));
  return made;
}

}  // namespace

Section roofs(const Results& results) {
  Section section{"roofs", "Roofs", "No roof was measured in these results."};
  if (results.roofs.empty()) return section;
  section.text =
      "Kernels that only move bytes: the logits read, the gradient written, with ordinary or "
      "non-temporal stores, and the one copied to the other, which counts bytes read plus bytes "
      "written. The fastest kernel of each row, underlined, is the roof of its shape.";
  const auto by_run_and_kind = [](const RoofRecord& one) { return std::pair(one.run, one.kind); };
  for (const auto& group : grouped(pointers(results.roofs), by_run_and_kind))
    section.blocks.emplace_back(table(group, results));
  return section;
}

}  // namespace xent::reports::sections
