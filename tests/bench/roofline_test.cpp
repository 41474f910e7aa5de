// SPDX-License-Identifier: MIT
// The roofs of a benchmark: every kernel on every shape, and each timing as a multiple of the right
// ones. Looks at results, not at clocks.
#include "bench/roofs/roofline.hpp"

#include <algorithm>
#include <cmath>
#include <string_view>

#include <gtest/gtest.h>

#include <xent/implementation.hpp>

#include "bench/engine.hpp"
#include "machine/caches.hpp"
#include "machine/cores.hpp"
#include "tests/bench/tiny_plan.hpp"

namespace {

using namespace xent;
using tests::right;
using tests::tiny_plan;

/// The least time of a kernel of that kind on the record's shape and type, from the roofs alone.
double fastest_ns(const bench::Measurements& found, const TimingRecord& t, const char* kind) {
  for (const RoofRecord& r : found.roofs)
    if (r.fastest && r.kind == kind && r.dtype == t.dtype && r.batch == t.batch &&
        r.classes == t.classes && r.threads == t.threads)
      return r.bytes / r.gigabytes_per_second;
  return NAN;
}

/// The read of the logits, of dense targets too, and the write of the gradient.
double roof_ns(const bench::Measurements& found, const TimingRecord& t) {
  const double read = fastest_ns(found, t, "read") * (t.targets == "labels" ? 1 : 2);
  if (!t.gradient) return read;
  return read + std::min(fastest_ns(found, t, "write"), fastest_ns(found, t, "nt_write"));
}

void check_timing(const bench::Measurements& found, const TimingRecord& t, int threads) {
  EXPECT_EQ(t.threads, threads) << "the record is of that many threads";
  EXPECT_EQ(t.roof_multiple.has_value(), (threads <= machine::cores().usable()))
      << "a multiple where every thread has a core";
  EXPECT_TRUE(!t.roof_multiple ||
              std::abs(*t.roof_multiple * roof_ns(found, t) / t.ns_min - 1) < 1e-9)
      << "the multiple is that of the fastest kernels of the same shape and threads";
  EXPECT_EQ(t.residency, machine::residency(t.bytes, machine::caches()))
      << "the residency of its bytes";
}

/// Every kernel that has its arrays, with one fastest of each kind, shape and type.
void check_roofs(const bench::Measurements& found, bool gradient) {
  const auto kernels =
      std::count_if(bench::roof_kernels().begin(), bench::roof_kernels().end(),
                    [&](const bench::RoofKernel& k) { return bench::applies(k.kind, gradient); });
  const auto shapes = static_cast<std::ptrdiff_t>(tests::shapes_and_types);
  EXPECT_EQ(std::ssize(found.roofs), shapes * kernels) << "every roof on every shape";
  const auto fastest = std::count_if(found.roofs.begin(), found.roofs.end(),
                                     [](const RoofRecord& r) { return r.fastest; });
  EXPECT_EQ(fastest, shapes * (gradient ? 5 : 1)) << "one fastest roof per kind, shape and type";
  for (const RoofRecord& a : found.roofs) {
    const double array = static_cast<double>(a.batch * a.classes) *
                         static_cast<double>(size_of(*find_dtype(a.dtype)));
    EXPECT_EQ(a.bytes, array * (a.kind == "copy" || a.kind == "nt_copy" ? 2 : 1)) << "bytes moved";
    EXPECT_EQ(a.residency, machine::residency(a.bytes, machine::caches()))
        << "the residency of a roof";
    for (const RoofRecord& b : found.roofs)
      EXPECT_TRUE(!a.fastest || a.kind != b.kind || a.dtype != b.dtype || a.batch != b.batch ||
                  a.gigabytes_per_second >= b.gigabytes_per_second)
          << "the fastest roof is the fastest";
  }
}

void test(bool gradient, int count) {
  bench::Plan plan = tiny_plan({&right()}, gradient);
  plan.threads = count;
  const auto found = bench::run(plan);
  EXPECT_EQ(found.timings.size(), tests::cells) << "every cell is timed";
  for (const TimingRecord& t : found.timings) check_timing(found, t, count);
  check_roofs(found, gradient);
}

TEST(Roofline, OfLosses) { test(false, 1); }
TEST(Roofline, OfGradients) { test(true, 1); }
TEST(Roofline, OfTwoThreads) { test(true, 2); }
TEST(Roofline, OfMoreThreadsThanCores) {
  test(true, static_cast<int>(machine::cores().usable()) + 1);
}

}  // namespace
