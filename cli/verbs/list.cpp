// SPDX-License-Identifier: MIT
// xent list: the implementations, what they promise, where, at what cost, and what they do not
// claim.

#include <memory>
#include <string>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

#include <xent/element.hpp>
#include <xent/implementation.hpp>

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

/// What lies outside the domain, as words.
template <class T>
std::string domain_text(const Contract<T>& contract) {
  const Domain& domain = contract.domain;
  std::string text = std::isfinite(domain.max_logit)
                         ? fmt::format("logits in [{}, {}]", domain.min_logit, domain.max_logit)
                         : "any logits";
  if (domain.max_classes < std::numeric_limits<std::ptrdiff_t>::max())
    text += fmt::format(", C up to {}", domain.max_classes);
  if (!domain.masked) text += ", no -inf";
  if (!domain.special) text += ", no NaN or +inf, no rows of -inf only";
  return text;
}

nlohmann::ordered_json cost_json(const Cost& cost) {
  return {{"reads", cost.reads}, {"exponentials", cost.exponentials}};
}

template <class T>
nlohmann::ordered_json contract_json(const Contract<T>& contract) {
  return {{"tier", to_string(contract.tier)},
          {"domain", domain_text(contract)},
          {"cost_per_logit",
           {{"forward", cost_json(contract.forward)},
            {"forward_and_gradient", cost_json(contract.forward_and_gradient)}}}};
}

nlohmann::ordered_json implementation_json(const Implementation& implementation) {
  nlohmann::ordered_json unclaimed = nlohmann::ordered_json::object();
  for (const auto& [law, reason] : implementation.unclaimed) unclaimed[std::string(law)] = reason;
  return {{"name", implementation.name},
          {"summary", implementation.summary},
          {"source", implementation.source},
          {"targets", {"labels", "probs"}},
          {"dispatched", implementation.dispatched},
          {"f32", contract_json(implementation.f32)},
          {"f64", contract_json(implementation.f64)},
          {"not_claimed", unclaimed}};
}

std::string cost_text(const Cost& cost) {
  return fmt::format("{} reads, {} exp", cost.reads, cost.exponentials);
}

void print(const std::vector<const Implementation*>& all) {
  std::vector<TableRow> rows = {
      {"name", "targets", "f32", "f64", "forward, per logit", "with gradient"}};
  for (const auto* i : all)
    rows.push_back({std::string(i->name), "labels, probs", std::string(to_string(i->f32.tier)),
                    std::string(to_string(i->f64.tier)), cost_text(i->f32.forward),
                    cost_text(i->f32.forward_and_gradient)});
  fmt::print("{}\n", table(rows));
  for (const auto* i : all) {
    fmt::print("{}: {}\n  source: {}\n  domain f32: {}\n  domain f64: {}\n", i->name, i->summary,
               i->source, domain_text(i->f32), domain_text(i->f64));
    for (const auto& [law, reason] : i->unclaimed)
      fmt::print("  not claimed: {} ({})\n", law, reason);
  }
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
    .summary = "The implementations: targets, tier, domain, cost, source, laws not claimed",
    .example = "xent list --impl 's*' --json -",
    .define = define,
};

}  // namespace xent::cli
