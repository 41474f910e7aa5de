// SPDX-License-Identifier: MIT
// How near the losses of greedy_midpoint lie to a midpoint: -log2 of the distance in ulp, certified
// by 12000 bits, and what each class adds to it.
//
// A class leaves 1 - exp(-s) of the remainder, where s < ulp(x_j) is what rounding x_j down took
// off: less than ulp(x_j). In f32 |x_j| < 1024, so ulp(x_j) <= 2^-14; in f64 |x_j| < 2048, so
// ulp(x_j) <= 2^-42; in f16 and bf16 |x_j| < 256, so ulp(x_j) <= 2^-3 and 1. To first order in the
// remainder r the loss lies r / (1 + R) from the midpoint, so a class adds at least as many bits to
// the depth. R / (1 + R) <= log1p(R) and an ulp is more than 2^-p of the loss, so k classes of b
// bits bring it to k b - p.
#include <algorithm>
#include <iterator>
#include <limits>
#include <span>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <mpfr.h>

#include "cases/case.hpp"

namespace {

using namespace xent::cases;

constexpr std::ptrdiff_t rows = 4;

class Real {
 public:
  explicit Real(mpfr_prec_t precision = 12000) { mpfr_init2(value_, precision); }
  Real(const Real&) = delete;
  Real& operator=(const Real&) = delete;
  ~Real() { mpfr_clear(value_); }
  mpfr_ptr get() { return value_; }

 private:
  mpfr_t value_;
};

/// log sum_j exp(x_j - x_y) by its definition.
template <class T>
void set_loss(Real& loss, std::span<const T> logits, T label_logit) {
  Real term;
  mpfr_set_zero(loss.get(), 1);
  for (const T x : logits) {
    mpfr_set_d(term.get(), double{x}, MPFR_RNDN);
    mpfr_sub_d(term.get(), term.get(), double{label_logit}, MPFR_RNDN);
    mpfr_exp(term.get(), term.get(), MPFR_RNDN);
    mpfr_add(loss.get(), loss.get(), term.get(), MPFR_RNDN);
  }
  mpfr_log(loss.get(), loss.get(), MPFR_RNDN);
}

/// -log2(|loss - midpoint| / ulp) for the midpoint of the numbers of `digits` bits around it.
double depth_of(Real& loss, int digits) {
  Real below(digits), midpoint(digits + 1), distance;
  mpfr_set(below.get(), loss.get(), MPFR_RNDD);
  mpfr_set(midpoint.get(), below.get(), MPFR_RNDN);
  mpfr_nextabove(midpoint.get());
  mpfr_sub(distance.get(), loss.get(), midpoint.get(), MPFR_RNDN);
  mpfr_abs(distance.get(), distance.get(), MPFR_RNDN);
  mpfr_log2(distance.get(), distance.get(), MPFR_RNDN);
  const auto ulp_exponent = mpfr_get_exp(loss.get()) - digits;
  return static_cast<double>(ulp_exponent) - mpfr_get_d(distance.get(), MPFR_RNDN);
}

/// Of the loss.
template <class T>
constexpr int digits = std::numeric_limits<xent::LossOf<T>>::digits;

/// The depth of each row.
template <class T>
std::vector<double> depths(double scale, std::ptrdiff_t classes) {
  const auto made =
      make_case<T>(parse_recipe(fmt::format("{}/greedy_midpoint({})/{}x{}/labels/none/seed=7",
                                            to_string(xent::dtype_of<T>), scale, rows, classes)));
  std::vector<double> found;
  for (std::ptrdiff_t i = 0; i < rows; ++i) {
    const auto row =
        std::span<const T>(made.logits)
            .subspan(static_cast<std::size_t>(i * classes), static_cast<std::size_t>(classes));
    const T label_logit = row[static_cast<std::size_t>(made.labels[static_cast<std::size_t>(i)])];
    EXPECT_EQ(label_logit, std::ranges::max(row)) << "the label's logit is the largest";
    Real loss;
    set_loss(loss, row, label_logit);
    found.push_back(depth_of(loss, digits<T>));
  }
  return found;
}

/// At least `least` bits a class in each row, from the fewest classes, which reach the midpoint, on
/// to the 65 of which all but the label's are greedy; more classes do not undo it.
template <class T>
void depth_grows(double scale, double least, std::ptrdiff_t fewest) {
  std::vector<std::ptrdiff_t> counts = {3, 5, 10, 20, 50, 65, 300};
  std::erase_if(counts, [=](std::ptrdiff_t count) { return count < fewest; });
  std::vector<std::vector<double>> table;
  for (const std::ptrdiff_t classes : counts) {
    table.push_back(depths<T>(scale, classes));
    const auto [low, high] = std::ranges::minmax(table.back());
    fmt::print("{} scale {:3} C = {:3}: {:6.1f} to {:6.1f} bits\n", to_string(xent::dtype_of<T>),
               scale, classes, low, high);
  }
  const double first = digits<T> + 1;
  for (std::size_t k = 0; k + 1 < std::size(counts); ++k)
    for (std::size_t i = 0; i < rows; ++i) {
      const double more = table[k + 1][i] - table[k][i];
      const auto classes =
          static_cast<double>(std::min<std::ptrdiff_t>(counts[k + 1], 65) - counts[k]);
      if (classes <= 0)
        EXPECT_GE(table[k + 1][i], 64 * least - first) << "all 64 classes are as good among others";
      else
        EXPECT_GE(more, least * classes)
            << fmt::format("row {}: {} bits more at C = {}", i, more, counts[k + 1]);
    }
  EXPECT_TRUE(std::ranges::min(table[0]) >= static_cast<double>(fewest - 1) * least - first)
      << "the fewest classes reach their depth";
}

TEST(GreedyMidpoint, DepthGrows) {
  for (const double scale : {0.0, 30.0}) {
    depth_grows<float>(scale, 14, 3);
    depth_grows<double>(scale, 42, 3);
    depth_grows<xent::bf16>(scale, 0.66, 20);
    depth_grows<xent::f16>(scale, 3, 20);
  }
}

}  // namespace
