// SPDX-License-Identifier: MIT
// Statistics collects the errors of many results in one ErrorStats.
#pragma once

#include <functional>
#include <map>
#include <optional>

#include <xent/records/results.hpp>

#include "reference/judging/ruler.hpp"

namespace xent::reference {

/// The collected errors. Memory does not grow with the number of results: the quantiles come from a
/// histogram whose buckets are 1/8 octave wide (the lowest reaches up to 2^-10 ulp), and are
/// rounded up to the end of a bucket, by at most 9 %. Quantiles are over the results that have an
/// error in ulp; `count` is over all.
class Statistics {
 public:
  /// Adds one error. `witness` is called where it is the worst so far, or the first in a category.
  void add(const Error& error, const std::function<Witness()>& witness);

  /// Adds the errors that another has collected. Of equal maxima the witness of the smaller row
  /// stays, so that the result does not depend on which thread collected which errors.
  void add(const Statistics& other);

  /// Returns the statistics of all that was added.
  ErrorStats result() const;

 private:
  std::optional<double> quantile(double share) const;

  ErrorStats stats_;
  std::int64_t numbers_ = 0;               // how many errors the histogram has
  std::map<int, std::int64_t> histogram_;  // bucket k: errors in (2^((k-1)/8), 2^(k/8)] ulp
};

}  // namespace xent::reference
