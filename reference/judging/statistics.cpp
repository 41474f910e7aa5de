// SPDX-License-Identifier: MIT
// Collects the errors of many results in one ErrorStats.
#include "reference/judging/statistics.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>

#include "reference/judging/judge.hpp"
#include "reference/judging/maxima.hpp"

namespace xent::reference {
namespace {

constexpr int lowest_bucket = -80;
constexpr int infinite_bucket = std::numeric_limits<int>::max();

/// Returns the largest error, in ulp, of a bucket of the histogram.
double bucket_end(int bucket) {
  return bucket == infinite_bucket ? std::numeric_limits<double>::infinity()
                                   : std::exp2(bucket / 8.0);
}

/// Returns the bucket of an error in ulp.
int bucket_of(double ulp) {
  if (std::isinf(ulp)) return infinite_bucket;
  if (ulp <= bucket_end(lowest_bucket)) return lowest_bucket;
  const int bucket = static_cast<int>(std::ceil(8 * std::log2(ulp)));
  return bucket_end(bucket) < ulp ? bucket + 1 : bucket;
}

/// Replaces `first`, the witness of the first of `count` results, where that of `more` others is
/// earlier.
void merge_first(std::int64_t count, Witness& first, std::int64_t more, const Witness& of_more) {
  if (more > 0 && (count == 0 || earlier(of_more, first))) first = of_more;
}

/// Returns how many results in the categories have at least this weight: all of them for 0, those
/// that no bound allows for 1, NaN and inf for 2.
std::int64_t count_of(const ErrorStats& stats, int weight) {
  if (weight == 0) return stats.categories.total();
  return weight == 1 ? stats.breaches() : stats.categories.of_no_numbers();
}

/// Returns the weight of an error that has a category.
int weight_of(const Error& error) {
  Categories one;
  one.*error.category = 1;
  return one.of_no_numbers() > 0 ? 2 : error.cancelled ? 0 : 1;
}

/// Adds the categories of `more`; the witness is that of the first result of the largest weight.
void merge_categories(ErrorStats& total, const ErrorStats& more) {
  int weight = 2;
  while (weight > 0 && count_of(total, weight) + count_of(more, weight) == 0) --weight;
  merge_first(count_of(total, weight), total.category_witness, count_of(more, weight),
              more.category_witness);
  for (const CategoryName& one : all_categories)
    total.categories.*one.member += more.categories.*one.member;
  total.cancelled += more.cancelled;
}

}  // namespace

void Statistics::add(const Error& error, const std::function<Witness()>& witness) {
  ++stats_.count;
  if (!error.decided && stats_.undecided++ == 0) stats_.undecided_witness = witness();
  raise(stats_, maxima_of_all, error, witness);
  if (error.ratio > 1) ++stats_.over_bound;
  if (error.category != nullptr) {
    if (count_of(stats_, weight_of(error)) == 0) stats_.category_witness = witness();
    ++(stats_.categories.*error.category);
    if (error.cancelled) ++stats_.cancelled;
    if (error.cancelled) raise(stats_, maxima_of_cancelled, error, witness);
    return;
  }
  if (error.nearest) ++stats_.correctly_rounded;
  if (!error.measured) return;
  ++numbers_;
  ++histogram_[bucket_of(error.hi)];
  raise(stats_, maxima_of_cancelled, error, witness);
  raise(stats_, maxima_of_numbers, error, witness);
}

void Statistics::add(const Statistics& other) {
  for (const auto& [bucket, count] : other.histogram_) histogram_[bucket] += count;
  numbers_ += other.numbers_;
  merge(stats_, other.stats_);
}

std::optional<double> Statistics::quantile(double share) const {
  double below = 0;
  for (const auto& [bucket, count] : histogram_) {
    below += static_cast<double>(count);
    if (below >= share * static_cast<double>(numbers_))
      return std::min(bucket_end(bucket), stats_.max_ulp.value());
  }
  return std::nullopt;
}

ErrorStats Statistics::result() const {
  ErrorStats result = stats_;
  result.p50 = quantile(0.5);
  result.p99 = quantile(0.99);
  result.p999 = quantile(0.999);
  return result;
}

void merge(ErrorStats& total, const ErrorStats& more) {
  merge(total, more, maxima_of_all);
  merge(total, more, maxima_of_cancelled);
  merge(total, more, maxima_of_numbers);
  merge_categories(total, more);
  merge_first(total.undecided, total.undecided_witness, more.undecided, more.undecided_witness);
  total.count += more.count;
  total.correctly_rounded += more.correctly_rounded;
  total.undecided += more.undecided;
  total.over_bound += more.over_bound;
  total.p50 = std::max(total.p50, more.p50);
  total.p99 = std::max(total.p99, more.p99);
  total.p999 = std::max(total.p999, more.p999);
}

}  // namespace xent::reference
