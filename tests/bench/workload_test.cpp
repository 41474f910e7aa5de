// SPDX-License-Identifier: MIT
// The arrays of a workload: every layout holds the same matrix, weights and ignored rows are what
// the form says, and every layout, option and reduction is timed where it is right.
#include "bench/workload/workload.hpp"

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include <xent/validate.hpp>

#include "bench/engine.hpp"
#include "tests/bench/tiny_plan.hpp"
#include "tests/support/expect_fault.hpp"

namespace {

using namespace xent;
using bench::Form;
using bench::Layout;
using bench::Shape;

const Shape all_shapes[] = {{.rows = 12, .classes = 5},
                            {.rows = 12, .classes = 5, .layout = Layout::strided},
                            {.rows = 12, .classes = 5, .inner = 4},
                            {.rows = 12, .classes = 5, .inner = 4, .layout = Layout::class_axis_1}};

Form with_all_options() {
  Form form{.weighted = true, .row_weighted = true, .ignored = 0.5};
  form.options.label_smoothing = 0.125;
  form.options.z_loss = 0.25;
  form.options.temperature = 0.5;
  form.options.softcap = 30;
  return form;
}

TEST(Workload, LayoutsHoldTheSameMatrix) {
  bench::Plan plan = tests::tiny_plan({}, true);
  plan.forms = {{.targets = cases::TargetKind::probs}};
  const bench::Workload<float> plain(plan, all_shapes[0]);
  const Problem<float> expected = plain.problem(plan.forms[0], Reduction::none);
  for (const Shape& shape : all_shapes) {
    const bench::Workload<float> workload(plan, shape);
    const Problem<float> got = workload.problem(plan.forms[0], Reduction::none);
    EXPECT_EQ(workload.logits.size(), shape.size()) << to_string(shape.layout);
    EXPECT_EQ(workload.bytes(plan.forms[0]), 3 * 60 * 4) << "each array once";
    for (std::ptrdiff_t i = 0; i < 12; ++i)
      for (std::ptrdiff_t j = 0; j < 5; ++j) {
        ASSERT_EQ(got.logits(i, j), expected.logits(i, j)) << to_string(shape.layout);
        ASSERT_EQ(std::get<Probs<float>>(got.targets)(i, j),
                  std::get<Probs<float>>(expected.targets)(i, j))
            << to_string(shape.layout);
      }
  }
}

TEST(Workload, ClassAxis1) {
  const Shape& shape = all_shapes[3];
  std::vector<float> array(60);
  const MatrixView<float> matrix = shape.matrix(array.data());
  EXPECT_EQ(&matrix(5, 2), array.data() + 29) << "image 1 of 20 elements, class 2 of 4, pixel 1";
  EXPECT_EQ(to_string(shape), "3x5x4");
  EXPECT_EQ(to_string(all_shapes[1]), "12x5");
}

TEST(Workload, WeightsAndIgnoredRows) {
  bench::Plan plan = tests::tiny_plan({}, false);
  plan.forms = {with_all_options()};
  plan.forms[0].ignored = 0.25;
  const bench::Workload<double> workload(plan, {.rows = 10000, .classes = 3});
  const Problem<double> problem = workload.problem(plan.forms[0], Reduction::mean);
  const auto labels = std::get<Labels<std::int64_t>>(problem.targets);
  std::ptrdiff_t ignored = 0;
  for (std::ptrdiff_t i = 0; i < 10000; ++i) ignored += labels[i] == bench::ignored_label ? 1 : 0;
  EXPECT_NEAR(static_cast<double>(ignored), 2500, 250) << "a quarter of the rows";
  EXPECT_EQ(problem.options.ignore_index, bench::ignored_label);
  for (std::ptrdiff_t i = 0; i < 10000; ++i)
    ASSERT_TRUE(problem.row_weight[i] >= 0.5 && problem.row_weight[i] < 1.5);
  for (std::ptrdiff_t j = 0; j < 3; ++j)
    ASSERT_TRUE(problem.weight[j] >= 0.5 && problem.weight[j] < 1.5);
  EXPECT_NE(problem.weight[0], problem.weight[1]) << "drawn";
}

TEST(Workload, FormsAsText) {
  EXPECT_EQ(to_string(Form{}), "labels");
  EXPECT_EQ(to_string(with_all_options()),
            "labels+weight+row_weight+ignore=0.5+smoothing=0.125+z_loss=0.25+temperature=0.5+"
            "softcap=30");
}

/// Right implementations keep their contracts in every layout, with every option and reduction;
/// what is timed is checked before.
TEST(Workload, IsTimed) {
  std::vector<Form> forms = {Form{},
                             {.targets = cases::TargetKind::probs, .weighted = true},
                             {.targets = cases::TargetKind::csr, .row_weighted = true},
                             with_all_options()};
  for (const bool gradient : {false, true})
    for (const Reduction reduction : all_reductions) {
      bench::Plan plan =
          tests::tiny_plan({find_implementation("simd"), find_implementation("sparse")}, gradient);
      plan.shapes.assign(std::begin(all_shapes), std::end(all_shapes));
      plan.dtypes = {DType::f32, DType::f64};
      plan.forms = forms;
      plan.reduction = reduction;
      plan.repetitions = 1;
      plan.attempts = 1;
      const auto found = bench::run(plan);
      for (const bench::Untimed& one : found.failures) ADD_FAILURE() << one.text;
      EXPECT_TRUE(found.skipped.empty()) << "every form is offered";
      EXPECT_EQ(found.timings.size(), 4 * 2 * 4 * 2U) << "shapes, types, forms, implementations";
      for (const TimingRecord& t : found.timings)
        EXPECT_EQ(t.reduction, to_string(reduction)) << "the record names it";
    }
}

TEST(Workload, NoPlan) {
  bench::Plan plan = tests::tiny_plan({&tests::right()}, false);
  const auto run = [&] { bench::run(plan); };
  plan.shapes = {{.rows = 12, .classes = 5, .layout = Layout::class_axis_1}};
  tests::expect_fault<InvalidProblem>(run, "12x5: classes on axis 1");
  plan.shapes = {{.rows = 12, .classes = 5, .inner = 5}};
  tests::expect_fault<InvalidProblem>(run, "12 rows are not 5 times");
  plan.shapes = {{.rows = 12, .classes = 5}};
  plan.forms = {{.targets = cases::TargetKind::probs, .ignored = 0.5}};
  tests::expect_fault<InvalidProblem>(run, "only rows with labels");
  plan.forms = {{.ignored = 1.5}};
  tests::expect_fault<InvalidProblem>(run, "1.5 is no share");
  plan.forms = {{.ignored = 0.5}, {.ignored = 0.25}};
  tests::expect_fault<InvalidProblem>(run, "one share of the rows");
  plan.forms = {Form{}};
  plan.forms[0].options.z_loss = 3;
  tests::expect_fault<InvalidProblem>(run, "z loss 3.000000 is not in");
}

}  // namespace
