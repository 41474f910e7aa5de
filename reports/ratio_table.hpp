// SPDX-License-Identifier: MIT
// RatioTable: the largest error / contract by element type and number of classes.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include <xent/records/results.hpp>

#include "reports/document.hpp"

namespace xent::reports {

/// A cell below this says that the bound is far from the errors, or the case easy.
inline constexpr double dull_ratio = 0.05;

/// A row for each heading, in the order of appearance; in each the worst case for each element type
/// and number of classes, and where the worst of all is: its witness, where the records have kept
/// it. A case stands under the largest of 2, 10, 1000 and 50257 that is not above its own number of
/// classes, with a note where it is another. Points into the records.
class RatioTable {
 public:
  using Heads = std::vector<std::string>;

  explicit RatioTable(std::vector<std::string> dtypes) : dtypes_(std::move(dtypes)) {}

  /// A row for the heading, though nothing may be added to it.
  void add(const Heads& heads);
  /// `judged` is one of the cases of the record.
  void add(const Heads& heads, const AccuracyRecord& record, const JudgedCase& judged);
  Table table(std::string caption, std::vector<Column> heads) const;

 private:
  struct Judged {
    const AccuracyRecord* record = nullptr;
    const JudgedCase* one = nullptr;
  };
  struct Line {
    Heads heads;
    std::map<std::pair<std::string, std::int64_t>, Judged> worst;
    Judged of_all;
  };
  Line& line_of(const Heads& heads);
  static void put(const Judged& judged, Judged& worst);
  static const Witness* witness_of(const Judged& judged);
  static Cell cell(const Judged& judged);
  static Cell place(const Judged& judged);
  std::vector<Cell> row(const Line& line) const;

  std::vector<std::string> dtypes_;
  std::vector<Line> lines_;
};

}  // namespace xent::reports
