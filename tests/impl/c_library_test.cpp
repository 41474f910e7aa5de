// SPDX-License-Identifier: MIT
// Assumption A2 of docs/error_bounds.md: the C library's functions err by no more
// than its table says. Each is compared with MPFR at arguments spread over the range in which the
// implementations call it; the largest error is printed with its witness.

#include <cmath>
#include <limits>

#include <boost/multiprecision/mpfr.hpp>
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "impl/bounds/textbook_bounds.hpp"
#include "tests/support/long_run.hpp"

namespace {

using Exact = boost::multiprecision::number<boost::multiprecision::mpfr_float_backend<120>,
                                            boost::multiprecision::et_off>;

enum class Function { exp, log, log1p, tanh, cosh };

template <class A>
A by_the_library(Function function, A x) {
  switch (function) {
    case Function::exp: return std::exp(x);
    case Function::log: return std::log(x);
    case Function::log1p: return std::log1p(x);
    case Function::tanh: return std::tanh(x);
    case Function::cosh: return std::cosh(x);
  }
  return x;
}

Exact by_mpfr(Function function, const Exact& x) {
  switch (function) {
    case Function::exp: return exp(x);
    case Function::log: return log(x);
    case Function::log1p: return log(1 + x);  // x >= 2^-300, beside 120 digits
    case Function::tanh: return tanh(x);
    case Function::cosh: return cosh(x);
  }
  return x;
}

/// Returns number k of the arguments from `least` to `most`: evenly spread for exp and cosh, and
/// over the binary exponents for the others.
template <class A>
A argument(Function function, double least, double most, int k) {
  const A share = std::fmod(static_cast<A>(k) * static_cast<A>(0x1.3c6ef372fe94f82cp-1L), A{1});
  if (function == Function::exp || function == Function::cosh)
    return static_cast<A>(least) + share * static_cast<A>(most - least);
  const A low = std::log2(static_cast<A>(least));
  const A x = std::exp2(low + share * (std::log2(static_cast<A>(most)) - low));
  return std::fmin(std::fmax(x, static_cast<A>(least)), static_cast<A>(most));
}

/// Expects the function of A to err relatively by at most `bound` from `least` to `most`.
template <class A>
void check(const char* name, Function function, double least, double most, double bound) {
  const int count = xent::tests::is_long_run() ? 3000000 : 30000;
  double largest = 0;
  A witness = 0;
  for (int k = 0; k < count; ++k) {
    const A x = argument<A>(function, least, most, k);
    const A got = by_the_library(function, x);
    if (std::fabs(got) < std::numeric_limits<A>::min()) continue;  // rounded once more
    const Exact exact = by_mpfr(function, Exact(x));
    const auto error = static_cast<double>(abs((Exact(got) - exact) / exact));
    if (error <= largest) continue;
    largest = error;
    witness = x;
  }
  fmt::print("{}: at most {:.4f} of the bound {:.4g}, at {:a}\n", name, largest / bound, bound,
             witness);
  EXPECT_GT(largest, 0) << name;
  EXPECT_LE(largest, bound) << fmt::format("{} at {:a}", name, witness);
}

using xent::impl::LibmErrors;

TEST(CLibrary, F32) {
  check<float>("exp", Function::exp, -87, 88, LibmErrors<float>::exp * 0x1p-24);
  check<float>("log", Function::log, 0x1p-120, 0x1p120, LibmErrors<float>::log * 0x1p-24);
  check<float>("log1p", Function::log1p, 0x1p-120, 0x1p23, 1.866 * 0x1p-24);
  check<float>("tanh", Function::tanh, 0x1p-120, 20, 4.5 * 0x1p-24);
  check<float>("cosh", Function::cosh, 0, 89, 4 * 0x1p-24);
}

TEST(CLibrary, F64) {
  check<double>("exp", Function::exp, -708, 709, LibmErrors<double>::exp * 0x1p-53);
  check<double>("log", Function::log, 0x1p-1000, 0x1p1000, LibmErrors<double>::log * 0x1p-53);
  check<double>("log1p", Function::log1p, 0x1p-300, 0x1p50, 2 * 0x1p-53);
  check<double>("tanh", Function::tanh, 0x1p-300, 40, 4.5 * 0x1p-53);
  check<double>("cosh", Function::cosh, 0, 710, 4 * 0x1p-53);
}

/// The error 2^-61 leaves three bits of long double's 64; where it has more, none of them is used.
TEST(CLibrary, LongDouble) {
  if (std::numeric_limits<long double>::digits < 64)
    GTEST_SKIP() << "long double has fewer than 64 bits";
  check<long double>("exp", Function::exp, -11000, 0, 0x1p-61);
  check<long double>("log1p", Function::log1p, 0x1p-300, 0x1p31, 0x1p-61);
  check<long double>("tanh", Function::tanh, 0x1p-300, 50, 6.6 * 0x1p-64);
  check<long double>("cosh", Function::cosh, 0, 11000, 6 * 0x1p-64);
}

}  // namespace
