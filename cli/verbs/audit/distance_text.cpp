// SPDX-License-Identifier: MIT
// How far a result is off, in percent.

#include "cli/verbs/audit/distance_text.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>

#include <fmt/format.h>

#include <xent/records/error_text.hpp>

namespace xent::cli {
namespace {

/// The result and the exact value of a witness; of an enclosure its lower end.
struct Pair {
  double got, exact;

  explicit Pair(const Witness& witness)
      : got(std::strtod(witness.got.c_str(), nullptr)),
        exact(std::strtod(witness.expected.c_str() + (witness.expected.starts_with('[') ? 1 : 0),
                          nullptr)) {}
};

}  // namespace

std::string in_percent(double relative) {
  const double percent = decimal_up(100 * relative, 2);
  if (percent < 100 || percent > 1e9) return error_text(percent, 2) + " %";
  std::string digits = fmt::format("{:.0f}", percent);
  for (auto at = static_cast<std::ptrdiff_t>(digits.size()) - 3; at > 0; at -= 3)
    digits.insert(digits.begin() + at, ',');
  return digits + " %";
}

std::string distance_text(const Witness& witness) {
  const Pair pair(witness);
  if (!std::isfinite(pair.got)) return fmt::format("is {}", pair.got);
  if (!std::isfinite(pair.exact)) return "is a number";
  if (pair.got == 0 && pair.exact != 0) return "became 0";
  if (pair.exact == 0) return "is not 0";
  if ((pair.got < 0) != (pair.exact < 0)) return "has the wrong sign";
  return fmt::format("is {} off",
                     in_percent(std::abs(pair.got - pair.exact) / std::abs(pair.exact)));
}

std::string got_and_exact(const Witness& witness) {
  const Pair pair(witness);
  const double relative = std::abs(pair.got - pair.exact) / std::abs(pair.exact);
  int digits = 17;
  if (relative > 0 && std::isfinite(relative))
    digits = std::clamp(static_cast<int>(2 - std::floor(std::log10(relative))), 3, 17);
  if (!std::isfinite(pair.got) || pair.got == 0 || pair.exact == 0) digits = 6;
  return fmt::format("got {:.{}g}, exact {:.{}g}", pair.got, digits, pair.exact, digits);
}

}  // namespace xent::cli
