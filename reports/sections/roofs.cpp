// SPDX-License-Identifier: MIT
// Read roofs: how fast the machine reads the logits of each shape.
#include <algorithm>
#include <map>
#include <tuple>

#include <fmt/format.h>

#include "reports/number.hpp"
#include "reports/sections.hpp"

namespace xent::reports::sections {

Section roofs(const Results& results) {
  Section section{"roofs", "Read roofs", "No read roof was measured in these results."};
  if (results.roofs.empty()) return section;
  using Key = std::tuple<std::string, std::int64_t, std::int64_t>;  // dtype, classes, batch
  std::vector<std::string> kernels;
  std::map<Key, std::map<std::string, const RoofRecord*>> rows;
  for (const RoofRecord& one : results.roofs) {
    rows[{one.dtype, one.classes, one.batch}][one.kernel] = &one;
    if (std::find(kernels.begin(), kernels.end(), one.kernel) == kernels.end())
      kernels.push_back(one.kernel);
  }
  Table table{"Bandwidth of the kernels that only read, GB/s",
              {{"dtype"}, {"classes", "", true}, {"batch", "", true}},
              3};
  for (const std::string& kernel : kernels) table.columns.push_back({kernel, "", true});
  for (const auto& [key, row] : rows) {
    const auto& [dtype, classes, batch] = key;
    std::vector<Cell> cells{{dtype}, {fmt::format("{}", classes)}, {fmt::format("{}", batch)}};
    for (const std::string& kernel : kernels) {
      const auto found = row.find(kernel);
      if (found == row.end())
        cells.push_back({"–"});
      else
        cells.push_back({.text = three_digits(found->second->gigabytes_per_second),
                         .best = found->second->fastest});
    }
    table.rows.push_back(std::move(cells));
  }
  section.text = "The fastest kernel of each row, underlined, is the roof of its shape.";
  section.blocks.emplace_back(std::move(table));
  return section;
}

}  // namespace xent::reports::sections
