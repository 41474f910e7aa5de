// SPDX-License-Identifier: MIT
// xent_reference gives the bits of the reference, and xent_audit finds what was done to them, with a
// witness.
#include <cmath>
#include <limits>
#include <string>

#include <gtest/gtest.h>
#include <xent_verify.h>

#include "reference/evaluate.hpp"
#include "tests/library/laid_results.hpp"
#include "tests/library/simple_call.hpp"
#include "tests/support/element_types.hpp"

namespace {

using namespace xent;
using tests::Chance;
using tests::SimpleCall;

/// What the reference gives by itself.
template <class T>
tests::PackedResults<T> exact_results(const Problem<T>& problem, const xent_results& asked) {
  tests::PackedResults<T> packed;
  Outputs<T> out = packed.outputs(problem, asked.grad != nullptr, asked.lse != nullptr);
  reference::EvaluateOptions options{.loss = format_of(dtype_of<LossOf<T>>),
                                     .grad = format_of(dtype_of<T>),
                                     .with_lse = asked.lse != nullptr};
  if (asked.grad != nullptr)
    options.gradient = [&](std::ptrdiff_t i, std::span<const double> numbers) {
      for (std::size_t j = 0; j < numbers.size(); ++j)
        out.grad(i, static_cast<std::ptrdiff_t>(j)) = static_cast<T>(numbers[j]);
    };
  const reference::Evaluated exact = reference::evaluate(AnyProblem(problem), options);
  for (std::size_t i = 0; i < exact.loss.size(); ++i)
    packed.loss[i] = static_cast<LossOf<T>>(exact.loss[i]);
  for (std::size_t i = 0; i < exact.lse.size(); ++i)
    packed.lse[i] = static_cast<LossOf<T>>(exact.lse[i]);
  return packed;
}

template <class T>
class LibraryReference : public testing::Test {};
TYPED_TEST_SUITE(LibraryReference, tests::ElementTypes);

TYPED_TEST(LibraryReference, HasTheBitsOfTheReference) {
  for (std::uint64_t seed = 0; seed < 40; ++seed) {
    Chance chance(seed);
    tests::LaidCase<TypeParam> laid(chance);
    if (laid.shape().classes > 100) continue;
    tests::LaidResults<TypeParam> results(laid, chance);
    const auto expected = exact_results<TypeParam>(laid.packed(), results.results);
    xent_error error{};
    ASSERT_EQ(xent_reference(&laid.problem(), &results.results, nullptr, &error), XENT_OK)
        << error.field << ": " << error.message;
    results.expect(expected, cases::to_string(laid.recipe()));
  }
}

/// A call whose results are exact, and what an audit makes of them after a change.
struct Audited : SimpleCall {
  std::array<float, 2> losses{};
  DLTensor of_rows = tensor(losses.data(), 1, two.data(), f32);
  xent_audit_report report{};

  Audited() {
    logits = {1, 2, 40, 0.5F, -1, 3};  // the first loss is 1e-16
    problem.reduction = XENT_REDUCTION_NONE;
    results.loss = &of_rows;
    results.grad = &g;
    EXPECT_EQ(xent_reference(&problem, &results, nullptr, nullptr), XENT_OK);
    report.size = sizeof report;
  }

  std::int32_t verdict(const char* bounds_of = nullptr) {
    xent_error error{};
    EXPECT_EQ(xent_audit(&problem, &results, bounds_of == nullptr ? nullptr : xent_find(bounds_of),
                         nullptr, &report, &error),
              XENT_OK)
        << error.field << ": " << error.message;
    return report.verdict;
  }
};

TEST(LibraryAudit, RightResults) {
  Audited audited;
  EXPECT_EQ(audited.verdict(), XENT_VERDICT_CORRECTLY_ROUNDED);
  EXPECT_EQ(audited.report.loss.checked, 2);
  EXPECT_EQ(audited.report.loss.correctly_rounded, 2);
  EXPECT_EQ(audited.report.grad.correctly_rounded, 6);
  EXPECT_EQ(audited.report.lse.checked, 0) << "none was given";
  EXPECT_LE(audited.report.grad.max_ulp, 0.5);
  EXPECT_EQ(audited.report.loss.wrong.row, -1);
}

TEST(LibraryAudit, OneUlpOff) {
  Audited audited;
  const float right = audited.losses[1];
  audited.losses[1] = std::nextafter(right, 100.0F);
  EXPECT_EQ(audited.verdict("simd"),
            XENT_VERDICT_WITHIN_BOUNDS + (audited.report.loss.max_ulp < 1 ? -1 : 0));
  const xent_witness& worst = audited.report.loss.worst;
  EXPECT_TRUE(worst.row == 1 && worst.class_index == -1) << worst.row;
  EXPECT_EQ(worst.got, audited.losses[1]);
  EXPECT_EQ(static_cast<float>(worst.expected), right);
  EXPECT_TRUE(worst.ulp > 0.5 && worst.ulp < 1.5) << worst.ulp;
  audited.losses[1] = right + 4 * (audited.losses[1] - right);
  EXPECT_EQ(audited.verdict("simd"), XENT_VERDICT_INEXACT) << "4 ulp are more than 3";
  EXPECT_EQ(audited.report.loss.outside_bounds, 1);
  EXPECT_EQ(audited.verdict("log_sum_exp"), XENT_VERDICT_WITHIN_BOUNDS) << "which promises less";
  EXPECT_EQ(audited.verdict(), XENT_VERDICT_INEXACT) << "without bounds";
}

TEST(LibraryAudit, AWrongSign) {
  Audited audited;
  audited.other[4] = -audited.other[4];
  EXPECT_EQ(audited.verdict("simd"), XENT_VERDICT_WRONG);
  EXPECT_EQ(audited.report.grad.wrong_sign, 1);
  const xent_witness& wrong = audited.report.grad.wrong;
  EXPECT_TRUE(wrong.row == 1 && wrong.class_index == 1);
  EXPECT_EQ(wrong.got, audited.other[4]);
  EXPECT_EQ(static_cast<float>(wrong.expected), -audited.other[4]);
}

TEST(LibraryAudit, LostToZero) {
  Audited audited;
  audited.losses[0] = 0;
  EXPECT_EQ(audited.verdict(), XENT_VERDICT_WRONG);
  EXPECT_EQ(audited.report.loss.lost_to_zero, 1);
  EXPECT_EQ(audited.report.loss.wrong.row, 0);
  EXPECT_EQ(audited.report.loss.wrong.got, 0);
  EXPECT_TRUE(audited.report.loss.wrong.expected > 0 && audited.report.loss.wrong.expected < 1e-15);
}

TEST(LibraryAudit, NotANumber) {
  Audited audited;
  audited.other[2] = std::numeric_limits<float>::quiet_NaN();
  EXPECT_EQ(audited.verdict(), XENT_VERDICT_WRONG);
  EXPECT_EQ(audited.report.grad.wrong_special, 1);
  EXPECT_TRUE(std::isnan(audited.report.grad.wrong.got));
  EXPECT_EQ(audited.report.grad.wrong.class_index, 2);
}

TEST(LibraryAudit, RowsOutsideTheDomainHaveNoBounds) {
  Audited audited;
  audited.logits[0] = 2e4F;  // naive answers for less than 88
  EXPECT_EQ(xent_reference(&audited.problem, &audited.results, nullptr, nullptr), XENT_OK);
  EXPECT_EQ(audited.verdict("naive"), XENT_VERDICT_CORRECTLY_ROUNDED);
  EXPECT_EQ(audited.report.loss.outside_domain, 1);
  audited.losses[0] *= 1.001F;
  EXPECT_EQ(audited.verdict("naive"), XENT_VERDICT_INEXACT);
  EXPECT_EQ(audited.report.loss.outside_bounds, 0);
}

TEST(LibraryAudit, AReducedLoss) {
  Audited audited;
  audited.problem.reduction = XENT_REDUCTION_SUM;
  audited.results.loss = &audited.l;
  EXPECT_EQ(xent_reference(&audited.problem, &audited.results, nullptr, nullptr), XENT_OK);
  EXPECT_EQ(audited.verdict(), XENT_VERDICT_CORRECTLY_ROUNDED);
  audited.loss *= 1.5F;
  EXPECT_EQ(audited.verdict(), XENT_VERDICT_INEXACT);
  EXPECT_EQ(audited.report.loss.worst.row, -1);
  EXPECT_EQ(audited.report.loss.worst.got, audited.loss);
}

}  // namespace
