// SPDX-License-Identifier: MIT
// Contract text: what a contract takes and where it answers, as words.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <xent/contract.hpp>

namespace xent::cli {

using Names = std::vector<std::string_view>;

/// The forms of targets that are taken.
Names targets_of(const Offers& offers);

/// The options that are taken besides the reduction.
Names options_of(const Offers& offers);

/// "logits in [-77, 77], C up to 65536, no -inf".
std::string domain_text(const Domain& domain);

/// "2 reads, 1 exp".
std::string cost_text(const Cost& cost);

}  // namespace xent::cli
