// SPDX-License-Identifier: MIT
// Slim: what records of accuracy leave out so that a document of thousands of them stays small.
#pragma once

#include <vector>

#include <xent/record.hpp>

namespace xent::properties {

/// The value rounded up to four significant decimal digits; those that are not finite as they are.
double four_digits_up(double value);

/// Rounds the numbers of the errors up to four digits, those of witnesses too.
void round_up(ErrorStats& errors);

/// Rounds the errors and the seconds up, and leaves a witness out where another record has a larger
/// maximum: for error / contract of the same implementation, quantity and source, for the others of
/// the same implementation, element type and quantity, of which the first has the witness of a
/// category. Where the verdict is not passed all stay.
void slim(std::vector<AccuracyRecord>& records);

}  // namespace xent::properties
