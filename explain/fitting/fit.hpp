// SPDX-License-Identifier: MIT
// Fits the parameter of a variant to the results: from each row of the sample the values with which
// the variant gives that row, then the value with which most rows agree.
#pragma once

#include <cstddef>
#include <optional>

#include "explain/fitting/given.hpp"
#include "explain/fitting/sample.hpp"
#include "explain/hypothesis.hpp"

namespace xent::explain {

struct Fitted {
  double value = 0;
  double spread = 0;       // between the quartiles of the rows' own values
  std::ptrdiff_t own = 0;  // from so many rows
};

/// Fits to the rows of the sample. `base` is the formula into which the variant is planted.
std::optional<Fitted> fit_to_rows(const Given& given, const Sample& sample, const Variant& variant,
                                  const Formula& base);

/// Fits to the reduced loss alone.
std::optional<Fitted> fit_to_reduced(const Given& given, const Variant& variant,
                                     const Formula& base);

}  // namespace xent::explain
