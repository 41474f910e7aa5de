// SPDX-License-Identifier: MIT
// contracts.md: the tables of error / contract in full, under what they were measured with.
#include <iterator>
#include <limits>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "reports/format.hpp"
#include "reports/markdown.hpp"
#include "reports/sections.hpp"

namespace xent::reports::format {
namespace {

void write_contracts(const Results& results, std::string& out) {
  Section section = sections::contracts_by_family(results);
  for (const Provenance& run : results.runs)
    fmt::format_to(std::back_inserter(out), "- {}: xent {} ({}), {}\n", markdown_text(run.command),
                   markdown_text(run.version), markdown_text(run.revision),
                   markdown_text(fmt::format("{}", fmt::join(run.instruction_sets, ", "))));
  fmt::format_to(std::back_inserter(out), "\n{}\n", markdown_text(section.text));
  for (Block& block : section.blocks) {
    auto& table = std::get<Table>(block);
    fmt::format_to(std::back_inserter(out), "\n### {}\n",
                   markdown_text(std::exchange(table.caption, "")));
    append_markdown(table, std::numeric_limits<std::size_t>::max(), out);
  }
}

}  // namespace

extern const Format contracts;
const Format contracts = {"contracts", "contracts.md", write_contracts};

}  // namespace xent::reports::format
