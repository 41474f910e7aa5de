// SPDX-License-Identifier: MIT
// How much a trial explains. What agrees is weighed by bits: with b bits a number that has nothing
// to do with the prediction would agree with it once in about 2^b times.
#include "explain/fitting/claims.hpp"

#include <algorithm>
#include <cmath>

namespace xent::explain {
namespace {

constexpr double alone_bits = 10;          // for one that no other agrees beside
constexpr double enough_bits = 12;         // for one hypothesis among all
constexpr double some_bits = 7;            // for one that is possible
constexpr std::ptrdiff_t enough_rows = 3;  // for a parameter

// The row or two in which the roundings of a narrow arithmetic may fall otherwise.
double needed(std::ptrdiff_t rows, double outliers) {
  return std::max(1.0, std::ceil(static_cast<double>(rows) * (1 - outliers)));
}

bool is_explained(const Tally& tally, double outliers) {
  return tally.explained > 0 && tally.left_out <= tally.wrong &&
         static_cast<double>(tally.explained) >= needed(tally.wrong, outliers);
}

// Half of the wrong rows at least: some other thing may have happened to the rest.
bool is_mostly_explained(const Tally& tally) {
  return tally.explained >= enough_rows && 2 * tally.explained >= tally.wrong &&
         tally.left_out <= tally.wrong;
}

// A parameter that people would choose: two digits or a power of two, to what one number tells.
bool is_round(double value) {
  if (value == 0 || !std::isfinite(value)) return false;
  const double octaves = std::log2(std::abs(value));
  if (std::abs(octaves - std::round(octaves)) <= 2e-5) return true;
  const double unit = std::pow(10, std::floor(std::log10(std::abs(value))) - 1);
  return std::abs(value / unit - std::round(value / unit)) <= 2e-5 * std::abs(value / unit);
}

bool is_sure(const Claim& claim, const Given& given, double enough) {
  const Trial& trial = *claim.trial;
  double bits = 0;
  std::ptrdiff_t telling = 0;
  for (const Quantity quantity : all_quantities) {
    if (!claim.explains[index_of(quantity)]) continue;
    const Tally& tally = trial.tallies[index_of(quantity)];
    bits += tally.bits;
    // A row of a gradient has several numbers, one of which a parameter takes.
    const bool several = quantity == Quantity::grad && given.doubt().classes() > 2;
    telling += several && tally.telling > 0 ? std::max(tally.telling, enough_rows) : tally.telling;
    if (trial.fitted && !several) bits -= tally.most_bits;
  }
  if (trial.fitted && telling < enough_rows) return false;
  return bits >= enough + std::log2(static_cast<double>(trial.attempt.variants));
}

bool is_possible(const Claim& claim) {
  double bits = 0;
  for (const Tally& tally : claim.trial->tallies) bits += tally.bits;
  if (claim.trial->fitted && claim.explained < enough_rows)
    return bits >= enough_bits && is_round(claim.trial->fitted->value);
  return bits >= some_bits;
}

// Whether a is to be named before b. Where neither is, nothing tells them apart.
bool is_better(const Claim& a, const Claim& b) {
  const auto order = [](bool one, bool other) { return one && !other; };
  if (a.sure != b.sure) return order(a.sure, b.sure);
  if (a.whole != b.whole) return order(a.whole, b.whole);
  if (a.every != b.every) return order(a.every, b.every);
  const auto pair = [](const Claim& one) { return one.trial->attempt.reduction != nullptr; };
  if (a.explained != b.explained) return a.explained > b.explained;
  if (pair(a) != pair(b)) return pair(b);
  const bool fitted = a.trial->fitted.has_value();
  if (fitted != b.trial->fitted.has_value()) return !fitted;
  return 6 * a.deviation + 0.05 < b.deviation;
}

}  // namespace

Claim claim_of(const Given& given, const Trial& trial) {
  Claim claim{.trial = &trial, .whole = true, .every = true};
  const double outliers = trial.attempt.hypothesis->outliers;
  const auto tally_of = [&](Quantity one) -> const Tally& { return trial.tallies[index_of(one)]; };
  // Where one quantity is explained in full, one that is explained for the most part is left.
  const bool full = std::ranges::any_of(all_quantities, [&](Quantity one) {
    return given.wrong(one) && is_explained(tally_of(one), outliers);
  });
  double squares = 0;
  for (const Quantity quantity : all_quantities) {
    if (!given.has(quantity)) continue;
    const Tally& tally = tally_of(quantity);
    const bool everywhere =
        static_cast<double>(tally.agreed) >= needed(tally.rows, outliers) || tally.rows == 0;
    if (!given.wrong(quantity)) {
      claim.whole = claim.whole && everywhere;
      continue;
    }
    if (full ? !is_explained(tally, outliers) : !is_mostly_explained(tally)) {
      claim.whole = false;
      continue;
    }
    claim.explains[index_of(quantity)] = true;
    claim.every = claim.every && full && everywhere;
    claim.explained += tally.explained;
    squares += tally.squares;
  }
  claim.whole = claim.whole && claim.any();
  if (!claim.any()) return claim;
  claim.deviation = std::sqrt(squares / static_cast<double>(claim.explained));
  claim.sure = full && is_sure(claim, given, enough_bits);
  claim.sure_alone = full && is_sure(claim, given, alone_bits);
  if (!claim.sure && !is_possible(claim)) claim.explains = {};
  return claim;
}

std::vector<Claim> best_claims(const std::vector<Claim>& claims, Quantity quantity) {
  std::vector<Claim> best;
  for (const Claim& one : claims) {
    if (!one.explains[index_of(quantity)]) continue;
    if (std::ranges::any_of(best, [&](const Claim& other) { return is_better(other, one); }))
      continue;
    std::erase_if(best, [&](const Claim& other) { return is_better(one, other); });
    const auto same = [&](const Claim& other) {
      return other.trial->attempt.hypothesis == one.trial->attempt.hypothesis;
    };
    if (std::ranges::none_of(best, same)) best.push_back(one);
  }
  const auto of_quantity = [&](const Claim& one) { return one.explains[index_of(quantity)]; };
  if (best.size() == 1 && std::ranges::count_if(claims, of_quantity) == 1)
    best[0].sure = best[0].sure || best[0].sure_alone;
  return best;
}

}  // namespace xent::explain
