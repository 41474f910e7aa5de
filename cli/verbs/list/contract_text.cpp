// SPDX-License-Identifier: MIT
// What a contract says, as words.
#include "cli/verbs/list/contract_text.hpp"

#include <cmath>
#include <limits>

#include <fmt/format.h>

namespace xent::cli {

Names targets_of(const Offers& offers) {
  Names names;
  if (offers.labels) names.emplace_back("labels");
  if (offers.probs) names.emplace_back("probs");
  if (offers.csr) names.emplace_back("csr");
  return names;
}

Names options_of(const Offers& offers) {
  Names names;
  if (offers.weight) names.emplace_back("weight");
  if (offers.row_weight) names.emplace_back("row_weight");
  if (offers.ignore_index) names.emplace_back("ignore_index");
  if (offers.input) names.emplace_back("input");
  if (offers.kl_divergence) names.emplace_back("kl_divergence");
#define XENT_OPTION(name, ...) \
  if (offers.name) names.emplace_back(#name);
  XENT_NUMBER_OPTIONS(XENT_OPTION)
#undef XENT_OPTION
  return names;
}

std::string domain_text(const Domain& domain) {
  std::string text = std::isfinite(domain.max_logit)
                         ? fmt::format("logits in [{}, {}]", domain.min_logit, domain.max_logit)
                         : "any logits";
  if (domain.max_classes < std::numeric_limits<std::ptrdiff_t>::max())
    text += fmt::format(", C up to {}", domain.max_classes);
  if (domain.min_weight > 0 || std::isfinite(domain.max_weight))
    text += fmt::format(", weights from {:.2g} to {:.2g}", domain.min_weight, domain.max_weight);
  if (std::isfinite(domain.max_prob)) text += fmt::format(", probs up to {:.2g}", domain.max_prob);
#define XENT_OPTION(name, word, ...) \
  if (domain.min_##name > 0) text += fmt::format(", {} from {:.2g}", #word, domain.min_##name);
  XENT_NUMBER_OPTIONS(XENT_OPTION)
#undef XENT_OPTION
  if (!domain.masked) text += ", no -inf";
  if (!domain.special) text += ", no NaN or +inf, no rows of -inf only";
  return text;
}

std::string cost_text(const Cost& cost) {
  return fmt::format("{} reads, {} exp", cost.reads, cost.exponentials);
}

}  // namespace xent::cli
