// SPDX-License-Identifier: MIT
// Statistics: the errors of many results, as one ErrorStats.
#pragma once

#include <functional>
#include <map>
#include <optional>

#include <xent/record.hpp>

#include "reference/ruler.hpp"

namespace xent::reference {

/// Memory does not grow with the number of results: the quantiles come from a histogram whose
/// buckets are 1/8 octave wide (the lowest: up to 2^-10 ulp) and are rounded up to a bucket's end,
/// by at most 9 %. They are over the results that have an error in ulp; `count` is over all.
class Statistics {
 public:
  /// `witness` is called where the result is the worst so far, or the first in a category.
  void add(const Error& error, const std::function<Witness()>& witness);

  /// Adds what another has seen. Of equal maxima the witness of the smaller row stays, so that the
  /// result does not depend on who saw what.
  void add(const Statistics& other);

  ErrorStats result() const;

 private:
  std::optional<double> quantile(double share) const;

  ErrorStats stats_;
  std::int64_t numbers_ = 0;               // in the histogram
  std::map<int, std::int64_t> histogram_;  // bucket k: errors in (2^((k-1)/8), 2^(k/8)] ulp
};

}  // namespace xent::reference
