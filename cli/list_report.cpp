// SPDX-License-Identifier: MIT
// The list of the implementations for people.

#include "cli/list_report.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "cli/contract_text.hpp"
#include "cli/table.hpp"

namespace xent::cli {
namespace {

TableRow table_row(const Implementation& implementation) {
  TableRow row = {std::string(implementation.name)};
  for (const DType dtype : all_dtypes)
    with_dtype(dtype, [&](auto zero) {
      const auto& contract = implementation.contract<decltype(zero)>();
      row.emplace_back(contract.kernel == nullptr ? "not taken" : to_string(contract.tier));
    });
  row.push_back(cost_text(implementation.f32.forward));
  row.push_back(cost_text(implementation.f32.forward_and_gradient));
  return row;
}

/// A line for each text, with the element types that it is of: "  f32, bf16 domain: any logits".
template <class Text>
void print_by_type(const Implementation& implementation, std::string_view what, Text text_of) {
  std::vector<std::pair<std::string, Names>> texts;
  for_each_contract(implementation, [&](std::string_view dtype, const auto& contract) {
    const std::string text = text_of(contract);
    auto same = std::ranges::find(texts, text, &std::pair<std::string, Names>::first);
    if (same == texts.end()) same = texts.insert(same, {text, {}});
    same->second.emplace_back(dtype);
  });
  for (const auto& [text, dtypes] : texts)
    fmt::print("  {} {}: {}\n", fmt::join(dtypes, ", "), what, text);
}

void print_details(const Implementation& implementation) {
  fmt::print("{}: {}\n  source: {}\n", implementation.name, implementation.summary,
             implementation.source);
  print_by_type(implementation, "targets", [](const auto& contract) {
    return fmt::format("{}", fmt::join(targets_of(contract.offers), ", "));
  });
  print_by_type(implementation, "options", [](const auto& contract) {
    const Names options = options_of(contract.offers);
    return options.empty() ? std::string("none") : fmt::format("{}", fmt::join(options, ", "));
  });
  print_by_type(implementation, "domain",
                [](const auto& contract) { return domain_text(contract.domain); });
  print_by_type(implementation, "reproducible", [](const auto& contract) {
    return std::string(contract.reproducible ? "for any threads, split, place and alignment"
                                             : "no");
  });
  for (const auto& [law, reason] : implementation.unclaimed)
    fmt::print("  not claimed: {} ({})\n", law, reason);
}

}  // namespace

void print_list(const std::vector<const Implementation*>& all) {
  TableRow header = {"name"};
  for (const DType dtype : all_dtypes) header.emplace_back(to_string(dtype));
  header.insert(header.end(), {"forward, per logit", "with gradient"});
  std::vector<TableRow> rows = {header};
  for (const auto* i : all) rows.push_back(table_row(*i));
  fmt::print("{}\n", table(rows));
  for (const auto* i : all) print_details(*i);
  fmt::print("\ninstruction sets of this machine, best first: {}\n",
             fmt::join(instruction_sets(), ", "));
}

}  // namespace xent::cli
