// SPDX-License-Identifier: MIT
// What would explain results that are wrong.

#include "cli/verbs/audit/explained.hpp"

#include <cstdint>
#include <string_view>
#include <variant>
#include <vector>

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

/// The log-softmax as losses against labels: those of the problem, or where there are none others.
class AsLosses {
 public:
  AsLosses(const AnyProblem& problem, const AnyMatrix& log_softmax) {
    const std::ptrdiff_t classes = problem.logits.cols();
    for (std::ptrdiff_t i = 0; i < problem.logits.rows(); ++i) {
      const std::int64_t y = label_of(problem, i);
      labels_.push_back(0 <= y && y < classes ? y : i % classes);
      losses_.push_back(-log_softmax(i, labels_.back()));
    }
  }

  void put_into(explain::Doubt& doubt) const {
    doubt.problem.targets = Labels<std::int64_t>{labels_.data(), std::ssize(labels_), 1};
    doubt.problem.weight = doubt.problem.row_weight = {};
    const Options& all = doubt.problem.options;
    doubt.problem.options = {
        .reduction = Reduction::none, .temperature = all.temperature, .softcap = all.softcap};
    doubt.results.loss = VectorView<const double>{losses_.data(), std::ssize(losses_), 1};
  }

 private:
  static std::int64_t label_of(const AnyProblem& problem, std::ptrdiff_t i) {
    if (const auto* wide = std::get_if<Labels<std::int64_t>>(&problem.targets)) return (*wide)[i];
    if (const auto* narrow = std::get_if<Labels<std::int32_t>>(&problem.targets))
      return (*narrow)[i];
    return -1;
  }

  std::vector<std::int64_t> labels_;
  std::vector<double> losses_;
};

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
  if (audited.loss || audited.grad || audited.lse)
    return explain::explain(doubt, {.threads = threads});
  const AsLosses losses(files.problem(), files.matrix(*audited.log_softmax));
  losses.put_into(doubt);
  doubt.loss_format = format_of(*audited.log_softmax->dtype());
  return explain::explain(doubt, {.threads = threads});
}

nlohmann::ordered_json to_json(const Explanation& explanation) {
  nlohmann::ordered_json all = nlohmann::ordered_json::array();
  for (const explain::Finding& one : explanation.findings) all.push_back(to_json(one));
  return all;
}

}  // namespace xent::cli
