// SPDX-License-Identifier: MIT
// Provenance: what every run was made of.
#include <optional>

#include <fmt/format.h>

#include "reports/json/fields.hpp"
#include "reports/sections.hpp"

namespace xent::reports::sections {
namespace {

std::string text(const std::string& value) { return value; }
std::string text(const std::vector<std::string>& values) {
  return fmt::format("{}", fmt::join(values, ", "));
}
std::string text(const std::optional<double>& value) {
  return value ? fmt::format("{:.3g}", *value) : "";
}
std::string text(bool value) { return value ? "yes" : ""; }
template <class Integer>
std::string text(Integer value) {
  return fmt::format("{}", value);
}

/// "build type" for build_type.
std::string words(std::string_view name) {
  std::string made(name);
  for (char& c : made)
    if (c == '_') c = ' ';
  return made;
}

}  // namespace

Section provenance(const Results& results) {
  Section section{"provenance", "Provenance", "These results do not say which run they are of."};
  if (results.runs.empty()) return section;
  section.text = "Times compare within a run only.";
  for (std::size_t k = 0; k < results.runs.size(); ++k) {
    Facts facts{fmt::format("Run {}", k + 1), {}};
    for_each_field(results.runs[k], [&](std::string_view name, const auto& member) {
      if (std::string value = text(member); !value.empty())
        facts.items.emplace_back(words(name), std::move(value));
    });
    section.blocks.emplace_back(std::move(facts));
  }
  return section;
}

}  // namespace xent::reports::sections
