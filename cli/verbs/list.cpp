// SPDX-License-Identifier: MIT
// xent list: the implementations, what they take and promise, where, at what cost, and what they do
// not claim.

#include <memory>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include <xent/implementation.hpp>

#include "cli/options/select.hpp"
#include "cli/options/shared_options.hpp"
#include "cli/outputs.hpp"
#include "cli/verb.hpp"
#include "cli/verbs/list/contract_text.hpp"
#include "cli/verbs/list/list_report.hpp"

namespace xent::cli {
namespace {

struct Options {
  std::string pattern = "*";
  std::string json;
  std::vector<std::string> plugins;
};

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
            {"forward_and_gradient", cost_json(contract.forward_and_gradient)}}},
          {"reproducible", contract.reproducible}};
}

nlohmann::ordered_json implementation_json(const Implementation& implementation) {
  nlohmann::ordered_json unclaimed = nlohmann::ordered_json::object();
  for (const auto& [law, reason] : implementation.unclaimed) unclaimed[std::string(law)] = reason;
  nlohmann::ordered_json json = {{"name", implementation.name},
                                 {"summary", implementation.summary},
                                 {"source", implementation.source},
                                 {"dispatched", implementation.dispatched}};
  if (!implementation.plugin.empty()) json["plugin"] = implementation.plugin;
  for_each_contract(implementation, [&](std::string_view dtype, const auto& contract) {
    json[std::string(dtype)] = contract_json(contract);
  });
  json["not_claimed"] = unclaimed;
  return json;
}

int run(const Options& options) {
  open_plugins(options.plugins);
  const auto all = select_implementations(options.pattern);
  Outputs out({{"--json", options.json}, text_for_people(options.json)});
  if (speaks(options.json)) print_list(all);
  if (!options.json.empty()) {
    nlohmann::ordered_json document = {
        {"schema", "xent-list/1"},
        {"instruction_sets", instruction_sets()},
        {"ulp_of", {{"labels", "exact value"}, {"soft_targets", "terms"}}},
        {"implementations", nlohmann::ordered_json::array()}};
    for (const auto* i : all) document["implementations"].push_back(implementation_json(*i));
    out.write_json("--json", document);
  }
  out.commit();
  return exit_done;
}

Action define(CLI::App& app) {
  const auto options = std::make_shared<Options>();
  add_implementations(app, options->pattern);
  add_plugins(app, options->plugins);
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
