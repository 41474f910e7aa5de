// SPDX-License-Identifier: MIT
// Answers for those who ask for a loss or a derivative that xent does not have.
#pragma once

#include <string>
#include <string_view>

namespace xent::cli {

/// Returns the sentence that refuses what an unknown verb or option asks for, `--focal-gamma` for
/// instance: what it is, and what is offered in its place. "" where the name asks for nothing of
/// that kind. The name may have its dashes.
std::string other_loss(std::string_view name);

}  // namespace xent::cli
