// SPDX-License-Identifier: MIT
// Statistics: counts, quantiles, witnesses; and two of them merged.
#include "reference/statistics.hpp"

#include "reference/judge.hpp"
#include "tests/expect.hpp"

namespace {

using namespace xent;
using namespace xent::reference;
using tests::expect;

Witness at_row(std::int64_t row) {
  Witness witness;
  witness.row = row;
  return witness;
}

void check_statistics() {
  Statistics statistics;
  for (int k = 1; k <= 1000; ++k)
    statistics.add({.nearest = k <= 500, .lo = 0, .hi = k / 1000.0}, [k] { return at_row(k); });
  statistics.add({.category = &Categories::lost}, [] { return at_row(-7); });
  ErrorStats stats = statistics.result();
  const auto rounded_up = [](double q, double exact) { return exact <= q && q <= exact * 1.091; };
  expect(rounded_up(stats.p50, 0.5) && rounded_up(stats.p99, 0.99), "quantiles, rounded up");
  expect(stats.p999 <= stats.max_ulp && stats.max_ulp == 1, "at most the maximum");
  expect(stats.count == 1001 && stats.correctly_rounded == 500, "counts");
  expect(stats.max_witness.row == 1000 && stats.category_witness.row == -7, "witnesses");

  ErrorStats more;
  more.count = 3;
  more.correctly_rounded = 1;
  more.p50 = 2;
  more.max_ulp = 9;
  more.max_witness.row = 4;
  more.max_ratio = 0.5;
  more.categories = {.wrong_sign = 2, .lost = 1};
  merge(stats, more);
  expect(stats.count == 1004 && stats.correctly_rounded == 501 && stats.p50 == 2, "merged counts");
  expect(stats.max_ulp == 9 && stats.max_witness.row == 4 && stats.max_ratio == 0.5, "the larger");
  expect(stats.categories.lost == 2 && stats.categories.total() == 4, "merged categories");
  more.max_ulp = 8;
  more.max_witness.row = 5;
  merge(stats, more);
  expect(stats.max_ulp == 9 && stats.max_witness.row == 4, "the smaller changes nothing");
}

/// What a contract allows is counted, and is the witness only where there is nothing worse.
void check_allowed() {
  const Error allowed{.category = &Categories::lost, .cancelled = true};
  const Error broken{.category = &Categories::wrong_sign};
  Statistics statistics;
  statistics.add(allowed, [] { return at_row(1); });
  const ErrorStats one = statistics.result();
  expect(one.cancelled == 1 && one.categories.lost == 1 && one.category_witness.row == 1,
         "allowed");
  statistics.add(broken, [] { return at_row(2); });
  statistics.add(allowed, [] { return at_row(3); });
  statistics.add(broken, [] { return at_row(4); });
  const ErrorStats both = statistics.result();
  expect(both.cancelled == 2 && both.categories.total() == 4 && both.category_witness.row == 2,
         "the first that is not allowed");
  ErrorStats merged = one;
  merge(merged, both);
  expect(merged.category_witness.row == 2 && merged.cancelled == 3, "also of two together");
  merged = both;
  merge(merged, one);
  expect(merged.category_witness.row == 2, "in either order");
}

}  // namespace

int main() {
  check_statistics();
  check_allowed();
  return tests::exit_code();
}
