// SPDX-License-Identifier: MIT
// Pick: for each shape, the fastest implementation that keeps each promise.
#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "reports/number.hpp"
#include "reports/records/pick.hpp"
#include "reports/sections.hpp"

namespace xent::reports::sections {
namespace {

std::string heading(Tier tier) {
  switch (tier) {
    case Tier::none: return "any";
    case Tier::correctly_rounded: return "correctly rounded";
    default: return fmt::format("{} or better", to_string(tier));
  }
}

/// The names, and the figures of the fastest unless the cell to the left has them; or why there are
/// none.
Cell cell(const Fastest& fastest, const Fastest& left) {
  if (!fastest.doubt.empty())
    return {.text = "unreliable",
            .note = fastest.doubt == left.doubt ? "" : fastest.doubt,
            .dull = true};
  if (fastest.tied.empty()) return {"–"};
  Cell made{names_of(fastest.tied)};
  if (fastest.tied == left.tied) return made;
  made.note = three_digits(ns_per_logit(*fastest.least)) + " ns";
  if (fastest.tied.size() > 1) made.note = "a tie, " + made.note;
  if (fastest.least->roof_multiple)
    made.note += ", " + three_digits(*fastest.least->roof_multiple) + " × roof";
  return made;
}

Table header(const Operation& operation, const Results& results, const std::vector<Tier>& tiers) {
  Table table{fmt::format("Fastest: {}, {}{}{}", operation.dtype, form_text(operation),
                          threads_name(operation.threads), run_name(operation.run, results)),
              {{"classes", "", true}, {"batch", "", true}},
              2};
  for (const char* group : {"forward", "forward and gradient"})
    for (const Tier tier : tiers) table.columns.push_back({heading(tier), group});
  return table;
}

/// One row: a shape, with and without the gradient.
std::vector<Cell> row(const Picker& picker, Operation operation, const std::vector<Tier>& tiers) {
  std::vector<Cell> cells{{fmt::format("{}", operation.classes)}, {batch_text(operation)}};
  for (const bool gradient : {false, true}) {
    operation.gradient = gradient;
    Fastest left;
    for (const Tier tier : tiers) {
      Fastest fastest = picker.fastest(operation, tier);
      cells.push_back(cell(fastest, left));
      left = std::move(fastest);
    }
  }
  return cells;
}

}  // namespace

Section picks(const Results& results) {
  Section section{"pick", "Pick", "No timings in these results."};
  const Picker picker(results);
  const std::vector<Tier> tiers = picker.tiers();
  std::map<Operation, std::vector<Operation>> shapes;  // by that of all shapes
  for (Operation one : picker.operations()) {
    one.gradient = false;
    auto& same = shapes[one.of_all_shapes()];
    if (std::find(same.begin(), same.end(), one) == same.end()) same.push_back(one);
  }
  if (shapes.empty()) return section;
  section.text =
      "The fastest implementation for each shape and promise, with its time per logit. Those with "
      "a check that failed or is undecided are not picked. Those whose order the samples do not "
      "tell "
      "are a tie; nobody is picked where the fastest, or one that might be, was not measured "
      "reliably.";
  if (results.accuracy.empty())
    section.text += " These results judge no accuracy, so no promise counts.";
  for (const auto& [key, operations] : shapes) {
    Table table = header(key, results, tiers);
    for (const Operation& one : operations) table.rows.push_back(row(picker, one, tiers));
    section.blocks.emplace_back(std::move(table));
  }
  return section;
}

}  // namespace xent::reports::sections
