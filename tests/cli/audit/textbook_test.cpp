// SPDX-License-Identifier: MIT
// The textbook's bounds cover what correct programs of the usual formula compute, by softmax and by
// log-softmax, with losses summed one after the other, and do not cover what is plainly wrong.
#include "cli/verbs/audit/textbook.hpp"

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include <xent/implementation.hpp>

#include "cases/case.hpp"
#include "reference/judging/judge.hpp"
#include "tests/support/element_types.hpp"

namespace {

using namespace xent;
using cli::SumError;

/// Loss and gradient as a framework computes them against labels: by log-softmax, in the type A, of
/// logits that a softcap and a temperature map, whose slope is 1 - tanh^2 over T.
template <class A, class T>
struct LogSoftmax {
  std::vector<A> loss;
  std::vector<T> grad;

  explicit LogSoftmax(const cases::Case<T>& made)
      : grad(made.logits.size()), weights_(made.weight.begin(), made.weight.end()) {
    const auto rows = static_cast<std::size_t>(made.recipe.rows);
    const std::size_t classes = made.logits.size() / rows;
    const bool mean = made.recipe.reduction == Reduction::mean;
    A divisor = 0;
    for (std::size_t i = 0; i < rows; ++i) divisor += weight_of(made.labels[i]);
    A total = 0;
    for (std::size_t i = 0; i < rows; ++i) {
      const T* given = made.logits.data() + i * classes;
      std::vector<A> x;
      std::vector<A> slope;
      for (std::size_t j = 0; j < classes; ++j) add_mapped(made.recipe, A(given[j]), x, slope);
      const A w = weight_of(made.labels[i]);
      A most = -INFINITY;
      A sum = 0;
      for (std::size_t j = 0; j < classes; ++j) most = std::max(most, x[j]);
      for (std::size_t j = 0; j < classes; ++j) sum += std::exp(x[j] - most);
      const A log_sum = std::log(sum);
      const auto label = static_cast<std::size_t>(made.labels[i]);
      loss.push_back(-w * ((x[label] - most) - log_sum));
      total += loss.back();
      for (std::size_t j = 0; j < classes; ++j) {
        const A p = std::exp((x[j] - most) - log_sum);
        grad[i * classes + j] =
            static_cast<T>((p - A(j == label ? 1 : 0)) * (mean ? w / divisor : w) * slope[j]);
      }
    }
    if (mean) loss = {total / divisor};
  }

 private:
  static void add_mapped(const cases::Recipe& recipe, A given, std::vector<A>& x,
                         std::vector<A>& slope) {
    const auto s = static_cast<A>(recipe.softcap);
    const A per_temperature =
        recipe.temperature == 0 ? A{1} : 1 / static_cast<A>(recipe.temperature);
    const bool capped = s != 0 && std::isfinite(given);
    const A t = capped ? std::tanh(given / s) : 0;
    x.push_back((capped ? s * t : given) * per_temperature);
    slope.push_back((1 - t * t) * per_temperature);
  }

  A weight_of(std::int64_t label) const {
    return weights_.empty() ? 1 : weights_[static_cast<std::size_t>(label)];
  }

  std::vector<A> weights_;
};

/// The largest ratio of an error to the textbook's bound.
template <class A, class T>
double ratio_of(const Problem<T>& problem, const VectorView<A>& loss, const MatrixView<T>& grad,
                SumError sums) {
  AnyOutputs got;
  got.loss = loss;
  got.grad = grad;
  const reference::Judgement found = reference::judge(
      AnyProblem(problem), got,
      cli::textbook_bounds(AnyProblem(problem),
                           {.loss = dtype_of<A>, .grad = dtype_of<T>, .sums = sums}));
  EXPECT_EQ(found.grad.categories.of_no_numbers(), 0);
  return std::max({found.loss.max_ratio.value_or(0), found.grad.max_ratio.value_or(0),
                   found.grad_at_label.max_ratio.value_or(0)});
}

const std::string recipes[] = {
    "normal(3)/40x7/labels/none/seed=1",
    "normal(3)/300x10/labels/mean/seed=2",
    "normal(20)/6x3000/labels/none/seed=3",
    "confident(30)/50x10/labels/mean/seed=4",
    "normal(3)/64x33/labels+weight/mean/seed=5",
    "masked(3)/20x50/labels/none/seed=6",
    "high(50)/12x40/labels/none/seed=7",
    "all_equal(1)/3x4096/labels/none/seed=8",
    "normal(3)/40x7/labels+temperature=0.7/none/seed=9",
    "normal(60)/40x7/labels+softcap=30/none/seed=10",
    "normal(60)/40x7/labels+weight+temperature=1.5+softcap=30/mean/seed=11"};

template <class T>
class Textbook : public testing::Test {};
using tests::ElementTypes;
TYPED_TEST_SUITE(Textbook, ElementTypes);

TYPED_TEST(Textbook, CoversLogSoftmax) {
  using T = TypeParam;
  double most = 0;
  for (const std::string& recipe : recipes) {
    const auto made = cases::make_case<T>(
        cases::parse_recipe(std::string(to_string(dtype_of<T>)) + "/" + recipe));
    LogSoftmax<LossOf<T>, T> got(made);
    const VectorView<LossOf<T>> loss{got.loss.data(), std::ssize(got.loss)};
    const auto grad = row_major(got.grad.data(), made.recipe.rows, made.recipe.classes);
    const double ratio = ratio_of<LossOf<T>, T>(made.problem(), loss, grad, SumError::statistical);
    EXPECT_LE(ratio, 1) << recipe;
    most = std::max(most, ratio);
    got.loss[0] *= LossOf<T>(1.003);
    EXPECT_GT((ratio_of<LossOf<T>, T>(made.problem(), loss, grad, SumError::worst_case)),
              got.loss[0] > LossOf<T>(0.5) ? 1 : 0)
        << recipe << ": 0.3 % off is wrong";
  }
  EXPECT_GT(most, 0.05) << "a bound that is 20 times too large says little";
}

/// Of equal logits two_pass adds equal numbers, whose roundings are all alike: such a sum may err
/// more than 6 sqrt(C) u, and no more than C u.
TYPED_TEST(Textbook, CoversTheTextbooksImplementations) {
  using T = TypeParam;
  for (const char* name : {"log_sum_exp", "two_pass", "online", "one_hot", "sparse", "simd"})
    for (const std::string& recipe : recipes) {
      const auto made = cases::make_case<T>(
          cases::parse_recipe(std::string(to_string(dtype_of<T>)) + "/" + recipe));
      const Problem<T> problem = made.problem();
      std::vector<LossOf<T>> loss(
          static_cast<std::size_t>(loss_size(made.recipe.reduction, made.recipe.rows)));
      std::vector<T> grad(made.logits.size());
      const Outputs<T> out{.loss = {loss.data(), std::ssize(loss)},
                           .grad = row_major(grad.data(), made.recipe.rows, made.recipe.classes)};
      find_implementation(name)->contract<T>().kernel(problem, out);
      const bool alike = std::string(name) == "two_pass" && made.recipe.family == "all_equal";
      EXPECT_LE((ratio_of<LossOf<T>, T>(problem, out.loss, out.grad,
                                        alike ? SumError::worst_case : SumError::statistical)),
                1)
          << name << ", " << recipe;
    }
}

/// The results of f64 logits in f32 may be those of the logits rounded to f32.
TEST(TextbookTypes, LogitsRoundedToTheArithmetic) {
  auto made =
      cases::make_case<double>(cases::parse_recipe("f64/normal(3)/50x10/labels/none/seed=3"));
  for (double& x : made.logits) x += 1e4;
  cases::Case<float> rounded;
  rounded.recipe = made.recipe;
  rounded.labels = made.labels;
  for (const double x : made.logits) rounded.logits.push_back(static_cast<float>(x));
  LogSoftmax<float, float> got(rounded);
  AnyOutputs outputs;
  outputs.loss = VectorView<float>{got.loss.data(), std::ssize(got.loss)};
  const Problem<double> problem = made.problem();
  const auto ratio = [&](const AnyProblem& given) {
    return reference::judge(AnyProblem(problem), outputs,
                            cli::textbook_bounds(given, {.loss = DType::f32}))
        .loss.max_ratio;
  };
  EXPECT_LE(ratio(AnyProblem(problem)), 1);
  EXPECT_GT(ratio(AnyProblem(rounded.problem())), 1) << "which is what their rounding adds";
}

}  // namespace
