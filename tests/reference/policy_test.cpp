// SPDX-License-Identifier: MIT
// docs/policy.md: every row of its tables, answered by the reference or refused; and no row there
// that is not here.
#include <algorithm>
#include <cfenv>
#include <cmath>
#include <fstream>
#include <map>
#include <set>
#include <span>
#include <string>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <xent/validate.hpp>

#include "properties/policy/policy_row.hpp"
#include "reference/evaluate.hpp"
#include "tests/support/element_types.hpp"
#include "tests/support/expect_fault.hpp"

namespace {

using namespace xent;
using namespace xent::tests;
using properties::PolicyProblem;
using properties::PolicyRow;

bool same(double got, long double expected) {
  if (std::isnan(expected)) return std::isnan(got);
  if (std::isinf(expected) || expected == 0) return static_cast<long double>(got) == expected;
  return std::abs(static_cast<long double>(got) - expected) <= 1e-15L * std::abs(expected);
}

void expect_all(const std::vector<double>& got, const std::vector<long double>& expected,
                const std::string& what) {
  EXPECT_EQ(got.size(), expected.size()) << fmt::format("{}: {} results", what, expected.size());
  for (std::size_t k = 0; k < std::min(got.size(), expected.size()); ++k)
    EXPECT_TRUE(same(got[k], expected[k]))
        << fmt::format("{} {}: {}, got {}", what, k, static_cast<double>(expected[k]), got[k]);
}

/// To the numbers of that type.
template <class T>
std::vector<long double> rounded(std::vector<long double> numbers) {
  for (long double& number : numbers)
    number = static_cast<long double>(static_cast<T>(static_cast<double>(number)));
  return numbers;
}

/// The rows of a type, its inputs and its results.
template <class T>
void check_answers() {
  for (const PolicyRow& row : properties::answered_rows()) {
    if (!lies_within(row, dtype_of<T>, Domain())) continue;
    const PolicyProblem<T> held(row);
    validate(held.problem());
    std::vector<double> grad;
    const auto take = [&](std::ptrdiff_t /*i*/, std::span<const double> numbers) {
      grad.insert(grad.end(), numbers.begin(), numbers.end());
    };
    const auto got = reference::evaluate(held.problem(), {.loss = format_of(dtype_of<LossOf<T>>),
                                                          .grad = format_of(dtype_of<T>),
                                                          .gradient = take,
                                                          .threads = 1});
    const std::string name = fmt::format("{} in {}", row.name, to_string(dtype_of<T>));
    EXPECT_TRUE(got.undecided.empty()) << name + " is decided";
    expect_all(got.loss, rounded<LossOf<T>>(row.loss), name + ": loss");
    expect_all(grad, rounded<T>(row.grad), name + ": gradient");
    for (const double loss : got.loss)
      EXPECT_TRUE(loss != 0 || !std::signbit(loss)) << name + ": a loss of 0 is +0";
  }
}

/// Each type has all rows but those named here; ignored rows and unused types are not looked at.
TEST(Policy, Domains) {
  const std::map<DType, std::set<std::string>> left_out = {
      {DType::f32, {"huge_total_mean"}},
      {DType::f64, {"huge_gap"}},
      {DType::bf16, {"huge_total_mean"}},
      {DType::f16, {"huge_gap", "huge_gap_f64", "zero_loss", "huge_total_mean"}}};
  const Domain numbers{.masked = false, .special = false};
  std::set<std::string> of_numbers;
  for (const PolicyRow& row : properties::answered_rows()) {
    for (const auto& [dtype, names] : left_out)
      EXPECT_NE(lies_within(row, dtype, Domain()), names.contains(row.name))
          << fmt::format("{} is of {}, or is named", row.name, to_string(dtype));
    if (lies_within(row, DType::f64, numbers)) of_numbers.insert(row.name);
  }
  for (const char* inside :
       {"ignored_nan", "weighted", "zero_total_mean", "csr_empty_row", "empty_sum"})
    EXPECT_TRUE(of_numbers.contains(inside)) << std::string(inside) + " holds numbers only";
  for (const char* outside :
       {"nan_logit", "only_minus_inf", "masked_class", "inf_weight", "nan_prob", "zero_weight_nan"})
    EXPECT_FALSE(of_numbers.contains(outside)) << std::string(outside) + " does not";
}

TEST(Policy, Faults) {
  for (const PolicyRow& row : properties::refused_rows()) {
    const PolicyProblem<double> held(row);
    expect_fault<InvalidProblem>([&] { validate(held.problem()); }, row.fault);
  }
  for (const int direction : {FE_UPWARD, FE_DOWNWARD, FE_TOWARDZERO}) {
    (void)std::fesetround(direction);
    expect_fault<InvalidProblem>([] { validate_environment(); }, "rounding is not to nearest");
  }
  (void)std::fesetround(FE_TONEAREST);
  validate_environment();
}

/// What stands between `before`, with which a line begins, and `after`.
std::set<std::string> names(const std::string& file, const std::string& before,
                            const std::string& after) {
  std::ifstream text(XENT_SOURCE_DIR "/" + file);
  std::set<std::string> found;
  for (std::string line; std::getline(text, line);) {
    const std::size_t end = line.find(after, before.size());
    if (line.starts_with(before) && end != std::string::npos)
      found.insert(line.substr(before.size(), end - before.size()));
  }
  return found;
}

TEST(Policy, Names) {
  std::set<std::string> tested = {"rounding"};
  for (const auto& rows : {properties::answered_rows(), properties::refused_rows()})
    for (const PolicyRow& row : rows)
      EXPECT_TRUE(tested.emplace(row.name).second) << row.name + " is one row";
  const auto told = names("docs/policy.md", "| `", "`");
  for (const std::string& name : tested)
    EXPECT_TRUE(told.contains(name)) << name + " is in the document";
  for (const std::string& name : told) EXPECT_TRUE(tested.contains(name)) << name + " is tested";
  const auto asked = names("docs/policy_torch.py", "    \"", "\": case(");
  EXPECT_FALSE(asked.empty()) << "PyTorch is asked";
  for (const std::string& name : asked)
    EXPECT_TRUE(told.contains(name)) << name + " is in the document";
}

template <class T>
class PolicyOf : public testing::Test {};
TYPED_TEST_SUITE(PolicyOf, xent::tests::ElementTypes);

TYPED_TEST(PolicyOf, Answers) { check_answers<TypeParam>(); }

}  // namespace
