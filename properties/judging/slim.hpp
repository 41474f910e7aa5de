// SPDX-License-Identifier: MIT
// Slim: what records of accuracy leave out so that a document of thousands of them stays small.
#pragma once

#include <vector>

#include <xent/records/results.hpp>

namespace xent::properties {

/// Rounds the errors and the seconds up to four significant decimal digits, and leaves a witness
/// out where another record has a larger maximum: for error / contract of the same implementation,
/// quantity and source, for the others of the same implementation, element type and quantity, of
/// which the first has the witness of a category. Where the verdict is not passed all witnesses
/// stay. A case keeps its place where it is of labels or of soft targets, no other one of its kind
/// and of its record's implementation, quantity and source has a larger error / contract, and the
/// witness of its record does not name the place.
void slim(std::vector<AccuracyRecord>& records);

}  // namespace xent::properties
