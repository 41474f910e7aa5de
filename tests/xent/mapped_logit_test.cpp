// SPDX-License-Identifier: MIT
// Mapped logits and the slope of the softcap err by no more than lemma 83 of docs/error_bounds.md
// says, compared with MPFR, over logits of all sizes; infinities and NaN stay.
#include <cmath>
#include <limits>
#include <random>

#include <boost/multiprecision/mpfr.hpp>
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <xent/mapped_logit.hpp>

namespace {

using namespace xent;
using Exact = boost::multiprecision::number<boost::multiprecision::mpfr_float_backend<120>,
                                            boost::multiprecision::et_off>;

constexpr int many = 20000;

/// Draws a logit of any size, s and T, each of which may be absent.
template <class A>
class Draws {
 public:
  A logit() {
    const double most = std::numeric_limits<A>::max_exponent - 1;
    const A size =
        std::exp2(static_cast<A>(between(one_in(4) ? -most : -12, one_in(4) ? most : 12)));
    return one_in(2) ? size : -size;
  }
  Options options() {
    Options drawn;
    if (!one_in(3)) drawn.temperature = std::exp2(between(-10, 10));
    if (!one_in(3)) drawn.softcap = std::exp2(between(-10, 10));
    return drawn;
  }

 private:
  bool one_in(int n) { return std::uniform_int_distribution(1, n)(engine_) == 1; }
  double between(double a, double b) { return std::uniform_real_distribution(a, b)(engine_); }
  std::mt19937_64 engine_{7};
};

Exact exact_logit(const Options& options, const Exact& x) {
  const Exact s = options.softcap;
  const Exact z = options.softcap == 0 ? x : Exact(s * tanh(Exact(x / s)));
  return options.temperature == 0 ? z : Exact(z / options.temperature);
}

template <class A>
void check_logits() {
  const Exact unit = std::numeric_limits<A>::epsilon() / 2;
  const Exact least = std::numeric_limits<A>::denorm_min();
  Draws<A> draws;
  for (int k = 0; k < many; ++k) {
    const Options options = draws.options();
    const A x = draws.logit();
    const A got = mapped_logit(options, x);
    if (!maps_logits(options)) {
      EXPECT_EQ(got, x);
      continue;
    }
    const Exact exact = exact_logit(options, x);
    if (abs(exact) > std::numeric_limits<A>::max()) continue;
    const bool capped = options.softcap != 0;
    const Exact bound = (capped ? 12 : 2.5) * unit * abs(exact) + 0x1p32 * least;
    EXPECT_LE(abs(Exact(Exact(got) - exact)), bound)
        << fmt::format("x = {:a}, s = {:a}, T = {:a}", static_cast<double>(x), options.softcap,
                       options.temperature);
  }
}

/// Compares y / cosh(x / s)^2 as a component is computed, in A, which is double or wider.
template <class A>
void check_slopes() {
  const Exact unit = std::numeric_limits<A>::epsilon() / 2;
  const Exact least = std::numeric_limits<A>::denorm_min();
  Draws<A> draws;
  for (int k = 0; k < many; ++k) {
    const Options options = draws.options();
    const A x = draws.logit();
    const A y = std::ldexp(draws.logit(), -std::numeric_limits<A>::max_exponent / 2);
    const A root = softcap_root(options, x);
    const A got = y * root * root;
    const double argument = softcap_argument(options, static_cast<double>(x));
    if (options.softcap == 0) {
      EXPECT_EQ(got, y);
      EXPECT_EQ(argument, 0);
      continue;
    }
    if (argument == 0x1p20) {
      EXPECT_EQ(got, 0) << "the slope is below every number";
      continue;
    }
    const Exact root_exact = cosh(Exact(x) / options.softcap);
    const Exact exact = Exact(y) / (root_exact * root_exact);
    const Exact bound = (18 + 5 * argument) * unit * abs(exact) + 4 * least;
    EXPECT_LE(abs(Exact(Exact(got) - exact)), bound)
        << fmt::format("x = {:a}, y = {:a}, s = {:a}", static_cast<double>(x),
                       static_cast<double>(y), options.softcap);
  }
}

TEST(MappedLogit, Error) {
  check_logits<float>();
  check_logits<double>();
  check_logits<long double>();
}

TEST(MappedLogit, Slope) {
  check_slopes<double>();
  check_slopes<long double>();
}

TEST(MappedLogit, SpecialLogitsStay) {
  constexpr double infinity = std::numeric_limits<double>::infinity();
  const Options options = {.temperature = 0.5, .softcap = 30};
  EXPECT_EQ(mapped_logit(options, -infinity), -infinity);
  EXPECT_EQ(mapped_logit(options, infinity), infinity);
  EXPECT_TRUE(std::isnan(mapped_logit(options, std::nan(""))));
  EXPECT_EQ(mapped_slope(options, -infinity), 2) << "1 / T";
  EXPECT_EQ(mapped_slope(options, 0.0), 2);
}

}  // namespace
