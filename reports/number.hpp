// SPDX-License-Identifier: MIT
// Numbers as a reader wants them: three significant digits.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace xent::reports {

/// To nearest: "0.170", "12.3", "1230", and "1.23e+07" outside [0.001, 1e6). "0", "inf", "-inf",
/// "nan".
std::string three_digits(double value);

/// The same, never below the value: for errors.
std::string three_digits_up(double value);

/// The same; "–" where there is none.
std::string measured_up(std::optional<double> value);

/// The larger of two measures; NaN where one is, absent where both are.
std::optional<double> larger(std::optional<double> a, std::optional<double> b);

/// part / whole in percent with two decimals, never above the value: "99.99" for 99999 of 100000.
/// "-" where whole is 0.
std::string percent(std::int64_t part, std::int64_t whole);

}  // namespace xent::reports
