// SPDX-License-Identifier: MIT
// The maxima of an ErrorStats, each with the witness of the result that it is the error of.
#pragma once

#include <functional>
#include <optional>
#include <span>

#include <xent/records/results.hpp>

#include "reference/judging/ruler.hpp"

namespace xent::reference {

/// A maximum of ErrorStats, its witness, and the member of an Error that it is the maximum of.
struct Maximum {
  std::optional<double> ErrorStats::*value;
  Witness ErrorStats::*witness;
  std::optional<double> (*of)(const Error&);
};

/// The maxima over all results; those in which a wrong sign or zero counts too where the terms
/// cancel; and those over the results without a category.
extern const std::span<const Maximum> maxima_of_all;
extern const std::span<const Maximum> maxima_of_cancelled;
extern const std::span<const Maximum> maxima_of_numbers;

/// Raises those of these maxima that the error is above. `witness` is called where there is one.
void raise(ErrorStats& stats, std::span<const Maximum> maxima, const Error& error,
           const std::function<Witness()>& witness);

/// Raises these maxima of `total` to those of `more`; of equal ones the earlier witness stays.
void merge(ErrorStats& total, const ErrorStats& more, std::span<const Maximum> maxima);

/// Tells whether a has the smaller row, or in the same row the smaller column.
bool earlier(const Witness& a, const Witness& b);

}  // namespace xent::reference
