// SPDX-License-Identifier: MIT
// RatioTable: the largest error / contract by element type and number of classes.
#include "reports/ratio_table.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

#include <fmt/format.h>

#include "reports/number.hpp"

namespace xent::reports {
namespace {

constexpr std::array<std::int64_t, 4> sizes = {2, 10, 1000, 50257};

std::int64_t size_of(const AccuracyRecord& record) {
  std::int64_t found = sizes.front();
  for (const std::int64_t size : sizes)
    if (size <= record.classes) found = size;
  return found;
}

/// NaN is worst.
void put(const AccuracyRecord& record, const AccuracyRecord*& worst) {
  const std::optional<double> ratio = record.errors.max_ratio;
  if (worst == nullptr || std::isnan(ratio.value_or(0)) || ratio > worst->errors.max_ratio)
    worst = &record;
}

Cell cell(const AccuracyRecord& record) {
  const std::optional<double> ratio = record.errors.max_ratio;
  Cell made{measured_up(ratio)};
  if (record.classes != size_of(record)) made.note = fmt::format("C = {}", record.classes);
  if (ratio && !(*ratio <= 1)) made.verdict = Verdict::failed;
  made.dull = ratio && *ratio < dull_ratio;
  if (!record.errors.ratio_witness.case_id.empty()) made.witness = &record.errors.ratio_witness;
  return made;
}

Cell place(const AccuracyRecord* record) {
  if (record == nullptr || record->errors.ratio_witness.case_id.empty()) return {"–"};
  const Witness& witness = record->errors.ratio_witness;
  std::string note = fmt::format("row {}", witness.row);
  if (witness.column >= 0) note += fmt::format(", class {}", witness.column);
  return {.text = witness.case_id, .note = std::move(note)};
}

}  // namespace

void RatioTable::add(const Heads& heads, const AccuracyRecord& record) {
  auto line = std::find_if(lines_.begin(), lines_.end(),
                           [&](const Line& one) { return one.heads == heads; });
  if (line == lines_.end()) line = lines_.insert(line, {.heads = heads, .worst = {}});
  if (record.verdict == Verdict::skipped) return;
  put(record, line->worst[{record.dtype, size_of(record)}]);
  put(record, line->of_all);
}

std::vector<Cell> RatioTable::row(const Line& line) const {
  std::vector<Cell> cells;
  for (const std::string& head : line.heads) cells.push_back({head});
  for (const std::string& dtype : dtypes_)
    for (const std::int64_t size : sizes) {
      const auto found = line.worst.find({dtype, size});
      cells.push_back(found == line.worst.end() ? Cell{"–"} : cell(*found->second));
    }
  cells.push_back(place(line.of_all));
  return cells;
}

Table RatioTable::table(std::string caption, std::vector<Column> heads) const {
  Table made{std::move(caption), std::move(heads)};
  made.heads = made.columns.size();
  for (const std::string& dtype : dtypes_)
    for (const std::int64_t size : sizes)
      made.columns.push_back({fmt::format("C = {}", size), dtype, true});
  made.columns.push_back({"the largest of the row"});
  for (const Line& line : lines_) made.rows.push_back(row(line));
  return made;
}

}  // namespace xent::reports
