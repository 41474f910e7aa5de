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

std::int64_t size_of(const JudgedCase& judged) {
  std::int64_t found = sizes.front();
  for (const std::int64_t size : sizes)
    if (size <= judged.classes) found = size;
  return found;
}

}  // namespace

/// NaN is worst.
void RatioTable::put(const Judged& judged, Judged& worst) {
  const std::optional<double> ratio = judged.one->max_ratio;
  if (worst.one == nullptr || std::isnan(ratio.value_or(0)) || ratio > worst.one->max_ratio)
    worst = judged;
}

/// The witness of the largest error / contract of the record, where it is of this case.
const Witness* RatioTable::witness_of(const Judged& judged) {
  const Witness& witness = judged.record->errors.ratio_witness;
  const std::string part = fmt::format("x{}/{}/", judged.one->classes, judged.one->targets);
  return witness.case_id.find(part) == std::string::npos ? nullptr : &witness;
}

Cell RatioTable::cell(const Judged& judged) {
  const std::optional<double> ratio = judged.one->max_ratio;
  Cell made{measured_up(ratio)};
  if (judged.one->classes != size_of(*judged.one))
    made.note = fmt::format("C = {}", judged.one->classes);
  made.dull = ratio && *ratio < dull_ratio;
  if (!ratio || *ratio <= 1) return made;
  made.verdict = Verdict::failed;
  made.witness = witness_of(judged);
  return made;
}

Cell RatioTable::place(const Judged& judged) {
  if (judged.one == nullptr || !judged.one->max_ratio) return {"–"};
  if (!judged.one->place.empty()) return {.text = judged.one->place};
  if (const Witness* witness = witness_of(judged)) return {.text = place_of(*witness)};
  return {.text = fmt::format("{}/{}", judged.record->dtype, judged.record->source),
          .note = fmt::format("C = {}, {}", judged.one->classes, judged.one->targets)};
}

RatioTable::Line& RatioTable::line_of(const Heads& heads) {
  const auto line = std::find_if(lines_.begin(), lines_.end(),
                                 [&](const Line& one) { return one.heads == heads; });
  if (line != lines_.end()) return *line;
  return lines_.emplace_back(Line{.heads = heads, .worst = {}, .of_all = {}});
}

void RatioTable::add(const Heads& heads) { (void)line_of(heads); }

void RatioTable::add(const Heads& heads, const AccuracyRecord& record, const JudgedCase& judged) {
  Line& line = line_of(heads);
  put({&record, &judged}, line.worst[{record.dtype, size_of(judged)}]);
  put({&record, &judged}, line.of_all);
}

std::vector<Cell> RatioTable::row(const Line& line) const {
  std::vector<Cell> cells;
  for (const std::string& head : line.heads) cells.push_back({head});
  for (const std::string& dtype : dtypes_)
    for (const std::int64_t size : sizes) {
      const auto found = line.worst.find({dtype, size});
      cells.push_back(found == line.worst.end() ? Cell{"–"} : cell(found->second));
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
