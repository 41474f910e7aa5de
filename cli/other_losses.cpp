// SPDX-License-Identifier: MIT
// Finds losses and derivatives that public reports ask for, and that xent does not have, by the
// phrases of their names.

#include "cli/other_losses.hpp"

#include <algorithm>
#include <vector>

#include "system/nearest_names.hpp"

namespace xent::cli {
namespace {

struct OtherLoss {
  std::vector<std::string> phrases;  ///< One of them, of whole words, is in the name.
  const char* answer;
};

const std::vector<OtherLoss>& other_losses() {
  static const std::vector<OtherLoss> all = {
      {{"hessian", "hess", "hvp", "curvature", "second"},
       "second derivatives are neither computed nor judged; --grad and --grad-out are first ones"},
      {{"focal", "gamma"},
       "the focal loss is no cross-entropy and is not computed; audit says where results are one"},
      {{"js-divergence", "jsd", "jensen", "shannon"},
       "the Jensen-Shannon divergence is no cross-entropy and is not computed; --kl-divergence is "
       "the divergence that is offered"},
      {{"bce", "binary", "sigmoid"},
       "the binary cross-entropy has a sigmoid for each class and is not computed; audit says "
       "where results are one"},
  };
  return all;
}

}  // namespace

std::string other_loss(std::string_view name) {
  std::string words = "-" + small_letters(name) + "-";
  std::ranges::replace(words, '_', '-');
  for (const OtherLoss& loss : other_losses())
    for (const std::string& phrase : loss.phrases)
      if (words.find("-" + phrase + "-") != std::string::npos) return loss.answer;
  return "";
}

}  // namespace xent::cli
