// SPDX-License-Identifier: MIT
// xent list: the implementations, what they take and promise, where, at what cost, and what they do
// not claim.

#include <memory>
#include <string>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

#include <xent/element.hpp>
#include <xent/implementation.hpp>

#include "cli/contract_text.hpp"
#include "cli/options.hpp"
#include "cli/output.hpp"
#include "cli/select.hpp"
#include "cli/table.hpp"
#include "cli/verb.hpp"

namespace xent::cli {
namespace {

struct Options {
  std::string pattern = "*";
  std::string json;
};

/// f(name, contract) for each element type that the implementation takes.
template <class F>
void for_each_contract(const Implementation& implementation, F f) {
  for (const DType dtype : all_dtypes)
    with_dtype(dtype, [&](auto zero) {
      const auto& contract = implementation.contract<decltype(zero)>();
      if (contract.kernel != nullptr) f(to_string(dtype), contract);
    });
}

nlohmann::ordered_json cost_json(const Cost& cost) {
  return {{"reads", cost.reads}, {"exponentials", cost.exponentials}};
}

template <class T>
nlohmann::ordered_json contract_json(const Contract<T>& contract) {
  return {{"tier", to_string(contract.tier)},
          {"targets", targets_of(contract.offers)},
          {"options", options_of(contract.offers)},
          {"domain", domain_text(contract.domain)},
          {"cost_per_logit",
           {{"forward", cost_json(contract.forward)},
            {"forward_and_gradient", cost_json(contract.forward_and_gradient)}}}};
}

nlohmann::ordered_json implementation_json(const Implementation& implementation) {
  nlohmann::ordered_json unclaimed = nlohmann::ordered_json::object();
  for (const auto& [law, reason] : implementation.unclaimed) unclaimed[std::string(law)] = reason;
  nlohmann::ordered_json json = {{"name", implementation.name},
                                 {"summary", implementation.summary},
                                 {"source", implementation.source},
                                 {"dispatched", implementation.dispatched}};
  for_each_contract(implementation, [&](std::string_view dtype, const auto& contract) {
    json[std::string(dtype)] = contract_json(contract);
  });
  json["not_claimed"] = unclaimed;
  return json;
}

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

void print_details(const Implementation& implementation) {
  fmt::print("{}: {}\n  source: {}\n", implementation.name, implementation.summary,
             implementation.source);
  for_each_contract(implementation, [](std::string_view dtype, const auto& contract) {
    fmt::print("  {} targets: {}\n", dtype, fmt::join(targets_of(contract.offers), ", "));
    const Names options = options_of(contract.offers);
    if (!options.empty()) fmt::print("  {} options: {}\n", dtype, fmt::join(options, ", "));
    fmt::print("  {} domain: {}\n", dtype, domain_text(contract.domain));
  });
  for (const auto& [law, reason] : implementation.unclaimed)
    fmt::print("  not claimed: {} ({})\n", law, reason);
}

void print(const std::vector<const Implementation*>& all) {
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

int run(const Options& options) {
  const auto all = select_implementations(options.pattern);
  if (speaks(options.json)) print(all);
  if (!options.json.empty()) {
    nlohmann::ordered_json document = {{"schema", "xent-list/1"},
                                       {"instruction_sets", instruction_sets()},
                                       {"implementations", nlohmann::ordered_json::array()}};
    for (const auto* i : all) document["implementations"].push_back(implementation_json(*i));
    write_json(options.json, document);
  }
  return exit_done;
}

Action define(CLI::App& app) {
  const auto options = std::make_shared<Options>();
  add_implementations(app, options->pattern);
  add_json(app, options->json, "Also as JSON");
  return [options](const std::string& /*command*/) { return run(*options); };
}

}  // namespace

extern const Verb verb_list{
    .name = "list",
    .summary =
        "The implementations: targets, options, tier, domain, cost, source, laws not claimed",
    .example = "xent list --impl 's*' --json -",
    .define = define,
};

}  // namespace xent::cli
