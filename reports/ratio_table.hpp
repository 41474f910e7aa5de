// SPDX-License-Identifier: MIT
// RatioTable: the largest error / contract by element type and number of classes.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include <xent/record.hpp>

#include "reports/document.hpp"

namespace xent::reports {

/// A cell below this says that the bound is far from the errors, or the case easy.
inline constexpr double dull_ratio = 0.05;

/// A row for each heading, in the order of appearance; in each the worst record for each element
/// type and number of classes, and the witness of the worst of all. A record stands under the
/// largest of 2, 10, 1000 and 50257 that is not above its own number of classes, with a note where
/// it is another. Points into the records.
class RatioTable {
 public:
  using Heads = std::vector<std::string>;

  explicit RatioTable(std::vector<std::string> dtypes) : dtypes_(std::move(dtypes)) {}

  void add(const Heads& heads, const AccuracyRecord& record);
  Table table(std::string caption, std::vector<Column> heads) const;

 private:
  struct Line {
    Heads heads;
    std::map<std::pair<std::string, std::int64_t>, const AccuracyRecord*> worst;
    const AccuracyRecord* of_all = nullptr;
  };
  std::vector<Cell> row(const Line& line) const;

  std::vector<std::string> dtypes_;
  std::vector<Line> lines_;
};

}  // namespace xent::reports
