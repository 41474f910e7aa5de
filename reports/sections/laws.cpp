// SPDX-License-Identifier: MIT
// Laws: a matrix of laws and implementations, and the reasons of what is not plainly passed.
#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "reports/records/outcome.hpp"
#include "reports/records/verdict.hpp"
#include "reports/sections.hpp"

namespace xent::reports::sections {
namespace {

using Key = std::pair<std::string, std::string>;  // implementation, dtype

/// The position of `value` in `list`, at its end where it is new.
template <class T>
std::size_t position(std::vector<T>& list, const T& value) {
  const auto found = std::find(list.begin(), list.end(), value);
  if (found != list.end()) return static_cast<std::size_t>(found - list.begin());
  list.push_back(value);
  return list.size() - 1;
}

Cell cell(const LawRecord& record, std::vector<std::string>& reasons) {
  Cell made{.text = outcome_name(record.verdict), .verdict = record.verdict};
  const bool told = record.verdict != Verdict::passed && record.verdict != Verdict::failed;
  if (told && !record.message.empty())
    made.text += fmt::format(" ({})", position(reasons, record.message) + 1);
  if (record.verdict != Verdict::skipped) made.note = fmt::format("{} cases", record.cases);
  return made;
}

}  // namespace

Section laws(const Results& results) {
  Section section{"laws", "Laws", "No law was checked in these results."};
  if (results.laws.empty()) return section;
  std::vector<Key> columns;
  std::vector<std::string> rows;
  std::map<std::pair<std::size_t, std::size_t>, const LawRecord*> cells;
  std::vector<std::string> statements;
  for (const LawRecord& one : results.laws) {
    const std::size_t row = position(rows, one.law);
    const LawRecord*& cell = cells[{row, position(columns, Key{one.implementation, one.dtype})}];
    if (cell == nullptr || worse(cell->verdict, one.verdict) != cell->verdict) cell = &one;
    if (row == statements.size()) statements.push_back(statement_of(results, one.law));
  }
  Table table{"Laws by implementation and element type", {{"law"}}};
  for (const auto& [implementation, dtype] : columns)
    table.columns.push_back({dtype, implementation});
  std::vector<std::string> reasons;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    table.rows.push_back({{.text = rows[i], .note = statements[i]}});
    for (std::size_t j = 0; j < columns.size(); ++j) {
      const auto found = cells.find({i, j});
      table.rows.back().push_back(found == cells.end() ? Cell{"not run"}
                                                       : cell(*found->second, reasons));
    }
  }
  section.text =
      "A law is a statement that holds for every input of an implementation's domain. Numbers in "
      "brackets refer to the reasons below the table.";
  section.blocks.emplace_back(std::move(table));
  Facts told{"Why a law is not claimed, or its check mistrusted or undecided", {}};
  for (std::size_t k = 0; k < reasons.size(); ++k)
    told.items.emplace_back(fmt::format("({})", k + 1), reasons[k]);
  if (!told.items.empty()) section.blocks.emplace_back(std::move(told));
  return section;
}

}  // namespace xent::reports::sections
