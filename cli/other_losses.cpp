// SPDX-License-Identifier: MIT
// Finds losses and derivatives that public reports ask for, and that xent does not have, by the
// words of their names.

#include "cli/other_losses.hpp"

#include <algorithm>
#include <vector>

#include "system/nearest_names.hpp"

namespace xent::cli {
namespace {

struct OtherLoss {
  std::vector<std::string_view> words;  ///< One of them, in small letters, is in the name.
  const char* answer;
};

const std::vector<OtherLoss>& other_losses() {
  static const std::vector<OtherLoss> all = {
      {{"hessian", "hess", "hvp", "curvature", "second"},
       "second derivatives are neither computed nor judged; --grad and --grad-out are first ones"},
      {{"focal", "gamma"},
       "the focal loss is no cross-entropy and is not computed; audit says where results are one"},
      {{"js", "jsd", "jensen", "shannon"},
       "the Jensen-Shannon divergence is no cross-entropy and is not computed; --kl-divergence is "
       "the divergence that is offered"},
      {{"bce", "binary", "sigmoid"},
       "the binary cross-entropy has a sigmoid for each class and is not computed; audit says "
       "where results are one"},
  };
  return all;
}

std::vector<std::string> words_of(std::string_view name) {
  std::vector<std::string> words(1);
  for (const char c : small_letters(name))
    if (c == '-' || c == '_')
      words.emplace_back();
    else
      words.back() += c;
  return words;
}

}  // namespace

std::string other_loss(std::string_view name) {
  for (const OtherLoss& loss : other_losses())
    for (const std::string& word : words_of(name))
      if (std::ranges::find(loss.words, word) != loss.words.end()) return loss.answer;
  return "";
}

}  // namespace xent::cli
