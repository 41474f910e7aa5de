// SPDX-License-Identifier: MIT
// How far a result is off, for people who do not count in ulp.
#pragma once

#include <string>

#include <xent/records/errors.hpp>

namespace xent::cli {

/// "is 38,000 % off", "is 0.0021 % off", "became 0", "is nan": of the exact value, to two digits.
std::string distance_text(const Witness& witness);

/// A relative error in percent: "0.0021 %", "38,000 %", "4e+12 %".
std::string in_percent(double relative);

/// "got 2.95, exact 0.0077": with as many digits as tell the two apart.
std::string got_and_exact(const Witness& witness);

}  // namespace xent::cli
