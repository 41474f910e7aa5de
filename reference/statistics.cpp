// SPDX-License-Identifier: MIT
// Statistics: the errors of many results, as one ErrorStats.
#include "reference/statistics.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "reference/judge.hpp"

namespace xent::reference {
namespace {

constexpr int lowest_bucket = -80;
constexpr int infinite_bucket = std::numeric_limits<int>::max();

double bucket_end(int bucket) {
  return bucket == infinite_bucket ? std::numeric_limits<double>::infinity()
                                   : std::exp2(bucket / 8.0);
}

int bucket_of(double ulp) {
  if (std::isinf(ulp)) return infinite_bucket;
  if (ulp <= bucket_end(lowest_bucket)) return lowest_bucket;
  const int bucket = static_cast<int>(std::ceil(8 * std::log2(ulp)));
  return bucket_end(bucket) < ulp ? bucket + 1 : bucket;
}

}  // namespace

void Statistics::add(const Error& error, const std::function<Witness()>& witness) {
  ++stats_.count;
  if (error.ratio > stats_.max_ratio) {
    stats_.max_ratio = error.ratio;
    stats_.ratio_witness = witness();
  }
  if (error.category != nullptr) {
    if (stats_.categories.total() == 0) stats_.category_witness = witness();
    ++(stats_.categories.*error.category);
    return;
  }
  if (error.hi <= 0.5) ++stats_.correctly_rounded;
  ++histogram_[bucket_of(error.hi)];
  if (error.hi > stats_.max_ulp) {
    stats_.max_ulp = error.hi;
    stats_.max_witness = witness();
  }
}

double Statistics::quantile(double share) const {
  const auto numbers = static_cast<double>(stats_.count - stats_.categories.total());
  double below = 0;
  for (const auto& [bucket, count] : histogram_) {
    below += static_cast<double>(count);
    if (below >= share * numbers) return std::min(bucket_end(bucket), stats_.max_ulp);
  }
  return 0;
}

ErrorStats Statistics::result() const {
  ErrorStats result = stats_;
  result.p50 = quantile(0.5);
  result.p99 = quantile(0.99);
  result.p999 = quantile(0.999);
  return result;
}

void merge(ErrorStats& total, const ErrorStats& more) {
  if (more.max_ulp > total.max_ulp) {
    total.max_ulp = more.max_ulp;
    total.max_witness = more.max_witness;
  }
  if (more.max_ratio > total.max_ratio) {
    total.max_ratio = more.max_ratio;
    total.ratio_witness = more.ratio_witness;
  }
  if (total.categories.total() == 0) total.category_witness = more.category_witness;
  for (const Category category :
       {&Categories::nan_unexpected, &Categories::nan_missing, &Categories::inf_unexpected,
        &Categories::inf_missing, &Categories::wrong_sign, &Categories::lost})
    total.categories.*category += more.categories.*category;
  total.count += more.count;
  total.correctly_rounded += more.correctly_rounded;
  total.p50 = std::max(total.p50, more.p50);
  total.p99 = std::max(total.p99, more.p99);
  total.p999 = std::max(total.p999, more.p999);
}

}  // namespace xent::reference
