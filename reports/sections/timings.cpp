// SPDX-License-Identifier: MIT
// Timings: heat maps of batch x classes, a column for each implementation.
#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "reports/number.hpp"
#include "reports/records/pick.hpp"
#include "reports/sections.hpp"

namespace xent::reports::sections {
namespace {

using Row = std::map<std::string, const TimingRecord*>;  // by variant

/// Half a table, without the gradient or with it. Where a cell was timed more than once, the last
/// counts.
struct Map {
  std::vector<std::string> variants;  // by first appearance
  std::map<Operation, Row> rows;      // the operation without the gradient

  void add(const TimingRecord& record) {
    const std::string name = variant(record);
    if (std::find(variants.begin(), variants.end(), name) == variants.end())
      variants.push_back(name);
    Operation shape = operation_of(record);
    shape.gradient = false;
    rows[shape][name] = &record;
  }
};

struct Maps {
  Map forward;
  Map gradient;
};

/// The shade of a multiple of the roof: 1 up to 1.5, 2 up to 2.5, 3 up to 5, 4 up to 10, 5 up
/// to 25.
int heat(double multiple) {
  if (!(multiple > 0)) return 0;
  int step = 1;
  for (const double limit : {1.5, 2.5, 5.0, 10.0, 25.0}) step += multiple > limit ? 1 : 0;
  return step;
}

std::string note(const TimingRecord& record) {
  std::string text = fmt::format("median {} ± {:.0f} %",
                                 three_digits(record.ns_median / logits(operation_of(record))),
                                 50 * record.spread);
  if (record.roof_multiple) text += ", " + three_digits(*record.roof_multiple) + " ×";
  return text + ", " + record.residency;
}

Cell cell(const TimingRecord& record, bool best) {
  Cell made{.text = three_digits(ns_per_logit(record)), .note = note(record)};
  if (!record.unreliable.empty()) {
    made.note += "; unreliable: " + record.unreliable;
    made.dull = true;
    return made;
  }
  made.heat = heat(record.roof_multiple.value_or(0));
  made.best = best;
  return made;
}

void append_cells(const Operation& shape, const Map& map, std::vector<Cell>& cells) {
  const auto found = map.rows.find(shape);
  const Row row = found == map.rows.end() ? Row{} : found->second;
  std::vector<const TimingRecord*> among;
  for (const auto& one : row) among.push_back(one.second);
  const std::vector<const TimingRecord*> best = fastest(among).tied;
  for (const std::string& name : map.variants) {
    const auto timed = row.find(name);
    cells.push_back(timed == row.end() ? Cell{"–"}
                                       : cell(*timed->second, std::count(best.begin(), best.end(),
                                                                         timed->second) > 0));
  }
}

Table table(const Operation& of, const Maps& maps, const Results& results) {
  Table made{
      fmt::format("{}, {}{}{}: batch × classes, ns per logit, multiple of the roof, residency",
                  of.dtype, form_text(of), threads_name(of.threads), run_name(of.run, results)),
      {{"classes", "", true}, {"batch", "", true}},
      2};
  std::set<Operation> shapes;
  for (const auto& [map, group] :
       {std::pair(&maps.forward, "forward"), std::pair(&maps.gradient, "forward and gradient")}) {
    for (const std::string& name : map->variants) made.columns.push_back({name, group, true});
    for (const auto& row : map->rows) shapes.insert(row.first);
  }
  for (const Operation& shape : shapes) {
    std::vector<Cell> row{{fmt::format("{}", shape.classes)}, {batch_text(shape)}};
    append_cells(shape, maps.forward, row);
    append_cells(shape, maps.gradient, row);
    made.rows.push_back(std::move(row));
  }
  return made;
}

/// What was checked of the timed results.
std::string checked(const std::vector<TimingRecord>& timings) {
  std::size_t unchecked = 0;
  double largest = 0;
  for (const TimingRecord& one : timings) {
    unchecked += one.checked_rows > 0 ? 0 : 1;
    largest = std::max(largest, one.checked_ulp);
  }
  if (unchecked > 0)
    return fmt::format("{} of {} timings are of results that were not checked.", unchecked,
                       timings.size());
  return fmt::format(
      "Rows of every timed result were compared with certified values before the clock started: "
      "the largest loss error was {} ulp.",
      three_digits_up(largest));
}

}  // namespace

Section timings(const Results& results) {
  Section section{"time", "Time", "No timings in these results."};
  if (results.timings.empty()) return section;
  std::map<Operation, Maps> tables;  // by the operation of all shapes
  for (const TimingRecord& one : results.timings) {
    Maps& maps = tables[operation_of(one).of_all_shapes()];
    (one.gradient ? maps.gradient : maps.forward).add(one);
  }
  section.text =
      "The shortest time per logit; below it the median with half of the spread (the distance of "
      "the quartiles), the multiple of the roof, which was measured in the same run: the fastest "
      "read of the logits (and of dense targets), with gradient plus the fastest write of it; then "
      "the smallest cache that holds the arrays. The shades end at 1.5, 2.5, 5, 10 and 25 × the "
      "roof, the strongest is nearest to it; the fastest of each, or those of a tie, are "
      "underlined, unless they are unreliable. " +
      checked(results.timings);
  for (const auto& [of, maps] : tables) section.blocks.emplace_back(table(of, maps, results));
  return section;
}

}  // namespace xent::reports::sections
