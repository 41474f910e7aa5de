// SPDX-License-Identifier: MIT
// Document: what a report says, before any format. The page and the Markdown file print it.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include <xent/records/results.hpp>

#include "reports/html/chart.hpp"

namespace xent::reports {

struct Cell {
  std::string text;
  std::string note = {};                // a second, smaller line
  std::optional<Verdict> verdict = {};  // colours the cell; the text says it
  int heat = 0;                         // 1 (best) … 6, a shade of the cell; 0: none
  bool best = false;                    // of its row
  bool dull = false;                    // says little: set off
  const Witness* witness = nullptr;     // folded away below the text
};

struct Column {
  std::string title;
  std::string group = {};  // neighbours of the same group share a heading
  bool number = false;     // right-aligned
};

struct Table {
  std::string caption;
  std::vector<Column> columns;
  std::size_t heads = 1;  // so many leading cells are the heading of their row
  std::vector<std::vector<Cell>> rows = {};
  bool folded = false;  // details: behind its caption in the page, left out of the Markdown file
};

/// A check that failed, or that is undecided.
struct Finding {
  Verdict verdict = Verdict::failed;
  std::string title;
  std::string message;
  std::string command;               // repeats it
  const Witness* witness = nullptr;  // or none
};

/// Names with their values or meanings.
struct Facts {
  std::string title;
  std::vector<std::pair<std::string, std::string>> items;
};

using Block = std::variant<Table, Chart, Finding, Facts>;

struct Section {
  std::string id;
  std::string title;
  std::string text;  // a paragraph before the blocks; all there is where the records are missing
  std::vector<Block> blocks = {};
};

/// Points into the results it was made of.
struct Document {
  Verdict verdict = Verdict::skipped;
  std::string verdict_line;
  std::vector<Section> sections;
};

Document document(const Results& results);

}  // namespace xent::reports
