// SPDX-License-Identifier: MIT
// Judgement: the certified reference's verdict as a violation.
#pragma once

#include <optional>

#include <xent/contract.hpp>
#include <xent/records/results.hpp>

#include "properties/law.hpp"
#include "reference/judging/judge.hpp"

namespace xent::properties {

/// Whether results keep a contract of that tier, `passed` or `failed`: no error above its bound,
/// and NaN and inf where the policy has them and nowhere else. From `accurate` on, also no zero and
/// no sign that the exact value has not, but by the rule of reference/judging/category.hpp; the
/// bounds of weaker tiers are absolute and allow both, so there no_lost_loss, loss_nonnegative and
/// gradient_signs are laws of their own. `undecided` where the reference left an error open.
Verdict kept(const ErrorStats& stats, Tier tier);

/// The tier that errors would deserve, `stable` where they are within the bounds that they were
/// judged by: those of the textbook formula. `most_ulp` is what `accurate` allows.
Tier deserved(const ErrorStats& stats, double most_ulp);

/// Options of a judgement that asks nothing but whether the contract is kept.
inline const reference::JudgeOptions contract_alone = {.nearest = false};

/// The witness of a contract that is broken or undecided, or nothing.
std::optional<Violation> breach(const ErrorStats& stats, Tier tier);

}  // namespace xent::properties
