// SPDX-License-Identifier: MIT
// What would explain results that are wrong.

#include "cli/verbs/audit/explained.hpp"

#include <string_view>

#include <nlohmann/json.hpp>

namespace xent::cli {
namespace {

using explain::Certainty;
using explain::Explanation;

std::string_view word_of(Certainty certainty) {
  switch (certainty) {
    case Certainty::explained: return "explained";
    case Certainty::tie: return "tie";
    case Certainty::possible: return "possible";
  }
  return "";
}

nlohmann::ordered_json to_json(const explain::Finding& finding) {
  nlohmann::ordered_json json = {{"certainty", word_of(finding.certainty)},
                                 {"name", finding.name},
                                 {"sentence", finding.sentence},
                                 {"rows_agreed", finding.agreed},
                                 {"rows", finding.rows},
                                 {"deviation", finding.deviation}};
  for (const auto& [name, is_of] : {std::pair{"loss", finding.loss},
                                    std::pair{"grad", finding.grad}, std::pair{"lse", finding.lse}})
    if (is_of) json["of"].push_back(name);
  if (!finding.symbol.empty()) json["symbol"] = finding.symbol;
  if (finding.parameter) json["parameter"] = *finding.parameter;
  if (finding.spread) json["spread"] = *finding.spread;
  return json;
}

}  // namespace

Explanation explained(const ProblemFiles& files, const Audited& audited, int threads) {
  explain::Doubt doubt{.problem = files.problem(),
                       .results = {},
                       .grad_reduction = audited.grad_reduction.is,
                       .row_shape = files.row_shape()};
  doubt.problem.options.reduction = audited.loss_reduction.is;
  if (audited.loss) doubt.results.loss = elements_of(*audited.loss);
  if (audited.grad) doubt.results.grad = files.matrix(*audited.grad);
  if (audited.lse) doubt.results.lse = elements_of(*audited.lse);
  return explain::explain(doubt, {.threads = threads});
}

nlohmann::ordered_json to_json(const Explanation& explanation) {
  nlohmann::ordered_json all = nlohmann::ordered_json::array();
  for (const explain::Finding& one : explanation.findings) all.push_back(to_json(one));
  return all;
}

}  // namespace xent::cli
