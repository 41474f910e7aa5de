// SPDX-License-Identifier: MIT
// The list of the implementations for people.

#include "cli/verbs/list/list_report.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "cli/layout.hpp"
#include "cli/table.hpp"
#include "cli/verbs/list/contract_text.hpp"

namespace xent::cli {
namespace {

/// What the names of the tiers promise.
constexpr std::string_view promises =
    "Promises for every input of the domain, proved in docs/error_bounds.md:\n"
    "  stable             a bounded absolute error, no NaN or inf of its own\n"
    "  accurate           at most 3 ulp for a loss, 5 ulp for a gradient component\n"
    "  faithful           less than 1 ulp\n"
    "An ulp is that of the exact value for labels. Of soft targets (probs, csr, label smoothing) "
    "it is that of the terms that may cancel, of the sum of their magnitudes: in ulp of the exact "
    "value a component where they cancel may err by more.\n";

TableRow table_row(const Implementation& implementation) {
  TableRow row = {std::string(implementation.name)};
  for (const DType dtype : all_dtypes)
    with_dtype(dtype, [&](auto zero) {
      const auto& contract = implementation.contract<decltype(zero)>();
      row.emplace_back(contract.kernel == nullptr ? "not taken" : to_string(contract.tier));
    });
  const bool states_cost = implementation.plugin.empty();
  row.push_back(states_cost ? cost_text(implementation.f32.forward) : "-");
  row.push_back(states_cost ? cost_text(implementation.f32.forward_and_gradient) : "-");
  return row;
}

/// A line for each text, with the element types that it is of: "  f32, bf16 domain: any logits".
template <class Text>
std::string by_type(const Implementation& implementation, std::string_view what, Text text_of) {
  std::vector<std::pair<std::string, Names>> texts;
  for_each_contract(implementation, [&](std::string_view dtype, const auto& contract) {
    const std::string text = text_of(contract);
    auto same = std::ranges::find(texts, text, &std::pair<std::string, Names>::first);
    if (same == texts.end()) same = texts.insert(same, {text, {}});
    same->second.emplace_back(dtype);
  });
  std::string lines;
  for (const auto& [text, dtypes] : texts)
    lines += fmt::format("  {} {}: {}\n", fmt::join(dtypes, ", "), what, text);
  return lines;
}

std::string details(const Implementation& implementation) {
  std::string text = fmt::format("{}: {}\n  source: {}\n", implementation.name,
                                 implementation.summary, implementation.source);
  text += by_type(implementation, "targets", [](const auto& contract) {
    return fmt::format("{}", fmt::join(targets_of(contract.offers), ", "));
  });
  text += by_type(implementation, "options", [](const auto& contract) {
    const Names options = options_of(contract.offers);
    return options.empty() ? std::string("none") : fmt::format("{}", fmt::join(options, ", "));
  });
  text += by_type(implementation, "domain",
                  [](const auto& contract) { return domain_text(contract.domain); });
  text += by_type(implementation, "reproducible", [](const auto& contract) {
    return std::string(contract.reproducible ? "for any threads, split, place and alignment"
                                             : "no");
  });
  for (const auto& [law, reason] : implementation.unclaimed)
    text += fmt::format("  not claimed: {} ({})\n", law, reason);
  return text;
}

}  // namespace

void print_list(const std::vector<const Implementation*>& all) {
  TableRow header = {"name"};
  for (const DType dtype : all_dtypes) header.emplace_back(to_string(dtype));
  header.insert(header.end(), {"forward, per logit", "with gradient"});
  std::vector<TableRow> rows = {header};
  for (const auto* i : all) rows.push_back(table_row(*i));
  fmt::print("{}\n", table(rows));
  std::string text(promises);
  if (std::ranges::any_of(all, [](const auto* i) { return !i->plugin.empty(); }))
    text +=
        "A kernel of a plugin claims its tier: nobody has proved it, and xent verify judges by "
        "it.\n";
  text += "\n";
  for (const auto* i : all) text += details(*i);
  say(fmt::format("{}\ninstruction sets of this machine, best first: {}\n", text,
                  fmt::join(instruction_sets(), ", ")));
}

}  // namespace xent::cli
