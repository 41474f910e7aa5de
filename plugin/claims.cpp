// SPDX-License-Identifier: MIT
#include "plugin/claims.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

#include <xent_plugin.h>

namespace xent::plugin {

Tier tier_of(const WireKernel& kernel) { return all_tiers[kernel.tier]; }

bool promises(const WireKernel& kernel) {
  const auto is_stated = [](const auto& bound) {
    return std::any_of(bound.begin(), bound.end(), [](double part) { return part > 0; });
  };
  return kernel.tier != XENT_TIER_NONE || kernel.has_function ||
         std::any_of(kernel.bounds.begin(), kernel.bounds.end(), is_stated);
}

Domain domain_of(const WireKernel& kernel) {
  Domain domain;
  if (kernel.min_logit != 0) domain.min_logit = kernel.min_logit;
  if (kernel.max_logit != 0) domain.max_logit = kernel.max_logit;
  if (kernel.max_classes != 0) domain.max_classes = kernel.max_classes;
  domain.min_weight = kernel.min_weight;
  if (kernel.max_weight != 0) domain.max_weight = kernel.max_weight;
  if (kernel.max_prob != 0) domain.max_prob = kernel.max_prob;
  return domain;
}

Offers offers_of(const WireKernel& kernel) {
  const auto takes = [&](std::uint32_t bit) { return (kernel.takes & bit) != 0; };
  return {.labels = (kernel.targets & XENT_TARGETS_LABELS) != 0,
          .probs = (kernel.targets & XENT_TARGETS_PROBS) != 0,
          .csr = (kernel.targets & XENT_TARGETS_CSR) != 0,
          .weight = takes(XENT_TAKES_WEIGHT),
          .row_weight = takes(XENT_TAKES_ROW_WEIGHT),
          .ignore_index = takes(XENT_TAKES_IGNORE_INDEX),
          .input = takes(XENT_TAKES_INPUT),
          .kl_divergence = takes(XENT_TAKES_KL_DIVERGENCE),
          .label_smoothing = takes(XENT_TAKES_LABEL_SMOOTHING),
          .z_loss = takes(XENT_TAKES_Z_LOSS),
          .temperature = takes(XENT_TAKES_TEMPERATURE),
          .softcap = takes(XENT_TAKES_SOFTCAP),
          .clip = takes(XENT_TAKES_CLIP)};
}

std::vector<Unclaimed> unclaimed_by(const WireKernel& kernel) {
  std::vector<Unclaimed> laws;
  if (tier_of(kernel) < Tier::accurate)
    laws.push_back({"no_lost_loss", "the tier that it claims allows small losses to be lost"});
  if (!promises(kernel))
    for (const char* law :
         {"loss_within_contract", "gradient_within_contract", "log_sum_exp_within_contract"})
      laws.push_back({law, "it promises no bound"});
  return laws;
}

}  // namespace xent::plugin
