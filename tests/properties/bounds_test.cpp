// SPDX-License-Identifier: MIT
// The bounds that laws allow: their facts are those of the certified reference, their scale that of
// the mean.
#include <cmath>
#include <limits>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "cases/case.hpp"
#include "properties/judging/evaluation.hpp"
#include "properties/judging/extended_row.hpp"
#include "reference/oracle.hpp"
#include "tests/support/element_types.hpp"

namespace {

using namespace xent;
using namespace xent::properties;
using reference::Ball;

/// Whether two facts agree within 2^-40 of `size`.
bool near(long double a, double b, double size) {
  return a == static_cast<long double>(b) ||
         std::fabs(a - static_cast<long double>(b)) <= 0x1p-40L * static_cast<long double>(size);
}
bool about(long double a, double b) {
  return std::fabs(a - static_cast<long double>(b)) <= 0x1p-20L * static_cast<long double>(b);
}
bool near(double a, double b) { return near(static_cast<long double>(a), b, std::fabs(b)); }

void check_row(const AnyProblem& problem, std::ptrdiff_t i, const std::string& name) {
  const reference::RowProblem row = reference::row_problem(problem, i);
  const reference::RowEnclosure<Ball> exact(row, true);
  const ExtendedRow extended(problem, i);
  if (row.ignored) {
    EXPECT_TRUE(extended.loss() == 0 && extended.loss_size() == 0 && extended.total() == 0 &&
                extended.grad_size(0) == 0)
        << name + " is ignored";
    return;
  }
  if (std::isnan(exact.loss().special)) {
    EXPECT_TRUE(std::isnan(extended.loss())) << name + " has no loss";
    return;
  }
  const RowFacts a = extended.facts();
  const RowFacts b = exact.facts();
  for (const auto fact :
       {&RowFacts::classes, &RowFacts::max_abs, &RowFacts::spread, &RowFacts::tail,
        &RowFacts::target_mass, &RowFacts::gap, &RowFacts::targets})
    EXPECT_TRUE(near(a.*fact, b.*fact))
        << fmt::format("{}: a fact is {}, not {}", name, a.*fact, b.*fact);
  const double size = upper_double(exact.loss().size);
  EXPECT_TRUE(near(extended.loss_size(), size, size)) << name + ": the size of the loss";
  EXPECT_TRUE(exact.loss().special != 0
                  ? extended.loss() == static_cast<long double>(exact.loss().special)
                  : near(extended.loss(), upper_double(exact.loss().value), size))
      << name + ": the loss";
  for (std::ptrdiff_t j = 0; j < row.classes(); ++j) {
    const GradFacts g = extended.grad_facts(j);
    const GradFacts h = exact.grad_facts(j);
    EXPECT_TRUE(near(g.p, h.p) && near(g.q, h.q) && near(g.distance, h.distance))
        << name + ": p, q, d";
    if (h.p != 0) {
      EXPECT_TRUE(near(g.others, h.others)) << name + ": the other coefficients";
    }
    const double terms = upper_double(exact.gradient(j).size);
    EXPECT_TRUE(near(extended.grad_size(j), terms, terms)) << name + ": the size of a component";
  }
}

template <class T>
void check_rows() {
  for (const char* family : {"normal(3)", "masked(3)", "ties(3)", "special(3)"})
    for (const char* targets :
         {"labels", "probs", "csr", "labels+weight", "labels+ignore", "probs+weight+smoothing=0.1",
          "csr+weight", "labels+weight+ignore+smoothing=0.5",
          "labels+weight=mixed+smoothing=1e-25"})
      for (int seed = 0; seed < 12; ++seed) {
        const std::string id = fmt::format("{}/{}/8x19/{}/mean/seed={}", to_string(dtype_of<T>),
                                           family, targets, seed);
        const auto made = cases::make_case<T>(cases::parse_recipe(id));
        for (std::ptrdiff_t i = 0; i < 8; ++i)
          check_row(made.problem(), i, fmt::format("row {} of {}", i, id));
      }
}

/// A contract whose bounds are 1/u of the scale, and of the mass.
const Contract<double> telling{.loss_bound =
                                   [](const RowFacts& row) noexcept {
                                     return ErrorBound{.absolute = 0x1p53 * row.target_mass};
                                   },
                               .grad_bound =
                                   [](const RowFacts&, const GradFacts& g) noexcept {
                                     return ErrorBound{.absolute = 0x1p53 * g.scale};
                                   }};

/// Labels of the weights 1/2, 4 and -5/4, and one that is ignored.
TEST(Bounds, Scale) {
  const std::vector<double> logits(16, 0), weight = {0.5, 4, -1.25, 100};
  const std::vector<std::int64_t> labels = {0, 1, 2, 3};
  Problem<double> problem{.logits = row_major(logits.data(), 4, 4),
                          .targets = Labels<std::int64_t>{.data = labels.data(), .size = 4},
                          .options = {.ignore_index = 3},
                          .weight = {.data = weight.data(), .size = 4}};
  for (const auto& [reduction, divisor] :
       {std::pair(Reduction::mean, 3.25), std::pair(Reduction::sum, 1.0)}) {
    problem.options.reduction = reduction;
    Evaluation<double> bounds;
    add_bounds(bounds, telling, problem);
    EXPECT_EQ(divisor_of(problem), static_cast<long double>(divisor)) << "the divisor";
    EXPECT_TRUE(bounds.loss_bound.size() == 1 && about(bounds.loss_bound[0], 5.75 / divisor))
        << "the bound of the reduced loss";
    EXPECT_EQ(bounds.grad_bound.size(), 16) << "a bound of every component";
    for (const long double bound : bounds.grad_bound)
      EXPECT_TRUE(about(bound, 1 / divisor)) << "the bound of a component";
  }
}

/// A bound of one ulp is one of the loss's own type, and of the gradient's.
template <class T>
void check_types() {
  const Contract<T> one_ulp{
      .loss_bound = [](const RowFacts&) noexcept { return ErrorBound{.ulp = 1}; },
      .grad_bound = [](const RowFacts&,
                       const GradFacts&) noexcept { return ErrorBound{.ulp = 1}; }};
  const std::vector<T> logits(2, T{0});  // the loss is log 2, the gradient -1/2 and 1/2
  const std::int64_t label = 0;
  Evaluation<T> bounds;
  add_bounds(bounds, one_ulp,
             {.logits = row_major(logits.data(), 1, 2),
              .targets = Labels<std::int64_t>{.data = &label, .size = 1},
              .options = {.reduction = Reduction::none}});
  const std::string name(to_string(dtype_of<T>));
  EXPECT_TRUE(about(bounds.loss_bound[0], std::ldexp(1, -std::numeric_limits<LossOf<T>>::digits)))
      << name + ": an ulp of the loss";
  for (const long double bound : bounds.grad_bound)
    EXPECT_TRUE(about(bound, std::ldexp(1, -std::numeric_limits<T>::digits)))
        << name + ": an ulp of the gradient";
}

template <class T>
class BoundsOf : public testing::Test {};
TYPED_TEST_SUITE(BoundsOf, xent::tests::ElementTypes);

TYPED_TEST(BoundsOf, Rows) { check_rows<TypeParam>(); }
TYPED_TEST(BoundsOf, Types) { check_types<TypeParam>(); }

}  // namespace
