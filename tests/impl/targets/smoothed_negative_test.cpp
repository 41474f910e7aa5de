// SPDX-License-Identifier: MIT
// Smoothed probabilities of q below 0, where (1 - eps) q and eps / C cancel: the coefficient has
// its full precision, and every implementation keeps its contract.

#include "impl/targets/smoothed_negative.hpp"

#include <cmath>
#include <limits>
#include <vector>

#include <boost/multiprecision/cpp_bin_float.hpp>
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "tests/impl/judged_rows.hpp"

namespace {

using namespace xent;
using tests::JudgedRows;
using tests::Rows;
using Exact = boost::multiprecision::number<boost::multiprecision::cpp_bin_float<1024>>;

/// Returns the eps for which (1 - eps) q and eps / C cancel, and then `steps` doubles more.
double cancelling(double q, double classes, int steps) {
  double eps = static_cast<double>(Exact(q) * classes / (Exact(q) * classes - 1));
  for (int k = 0; k < std::abs(steps); ++k) eps = std::nextafter(eps, steps < 0 ? 0 : 1);
  return eps;
}

RC_GTEST_PROP(SmoothedNegative, HasItsFullPrecision, ()) {
  const double q =
      -std::ldexp(1 + *rc::gen::inRange(0, 1 << 30) * 0x1p-30, *rc::gen::inRange(-60, 30));
  const double classes = *rc::gen::inRange(1, 1 << 26);
  const double eps = cancelling(q, classes, *rc::gen::inRange(-3, 4));
  for (const double unit : {1.0, 0x1p256}) {
    const impl::Pair kept = impl::two_sum(1, -eps);
    const impl::Pair got = impl::smoothed_negative(q * unit, kept, eps, classes, unit);
    const Exact exact = ((1 - Exact(eps)) * Exact(q) * classes + eps) / classes * unit;
    const Exact error = abs(Exact(got.hi) + Exact(got.lo) - exact);
    RC_ASSERT(error <= abs(exact) * Exact(0x1p-99));
  }
}

TEST(SmoothedNegative, OnlyWhatIsBelowZeroCancels) {
  EXPECT_TRUE(impl::may_cancel(-0.5));
  for (const double q : {0.0, 0.5, -0x1p101, -std::numeric_limits<double>::infinity(),
                         std::numeric_limits<double>::quiet_NaN()})
    EXPECT_FALSE(impl::may_cancel(q)) << q;
}

/// Computes rows in which the coefficient of class 0, whose term is nothing beside the others,
/// cancels.
template <class T>
void check_rows() {
  for (const double x : {0.0, -60.0, -100.0})
    for (const double drawn : {-0.3267671763896942, -0.01, -1.25})
      for (const int steps : {0, 1, -2}) {
        const auto q = static_cast<double>(static_cast<T>(drawn));
        for (const std::vector<double>& weight : {std::vector<double>{}, {0.75, 1, 3}}) {
          const Rows rows{.logits = {{x, 0, 1}},
                          .probs = {{q, 0.25, 0.5}},
                          .weight = weight,
                          .smoothing = cancelling(q, 3, steps)};
          JudgedRows<T>(rows).check(fmt::format("q {}, eps {} at {}", q, rows.smoothing, x));
        }
      }
}

TEST(SmoothedNegative, EveryImplementationKeepsItsContract) {
  check_rows<float>();
  check_rows<double>();
  check_rows<bf16>();
  check_rows<f16>();
}

}  // namespace
