// SPDX-License-Identifier: MIT
// What errors come to: each grade, the worst of several quantities, and what a gate refuses.
#include "cli/verbs/audit/audit_verdict.hpp"

#include <gtest/gtest.h>

namespace {

using namespace xent;
using cli::Audit;
using cli::AuditedQuantity;
using cli::Grade;

/// 100 results up to `ulp` off, with the ratio to the textbook's bound.
AuditedQuantity quantity(double ulp, double ratio) {
  AuditedQuantity made{.name = "loss", .dtype = "f32", .ulp_of = "f32"};
  made.errors.count = 100;
  made.errors.max_ulp = made.errors.max_terms_ulp = ulp;
  made.errors.max_ratio = ratio;
  return made;
}

AuditedQuantity at_worst(double ratio) {
  AuditedQuantity made = quantity(1e6, 5);
  made.at_worst = made.errors;
  made.at_worst->max_ratio = ratio;
  return made;
}

TEST(AuditVerdict, Grades) {
  EXPECT_EQ(grade_of(quantity(4, 0.5)), Grade::right);
  EXPECT_EQ(grade_of(quantity(4.01, 0.5)), Grade::textbook);
  EXPECT_EQ(grade_of(at_worst(1)), Grade::suspect);
  EXPECT_EQ(grade_of(at_worst(1.01)), Grade::wrong);
  EXPECT_EQ(grade_of(AuditedQuantity{}), Grade::nothing_checked);
  AuditedQuantity open = quantity(1, 0.5);
  open.errors.undecided = 1;
  EXPECT_EQ(grade_of(open), Grade::undecided);
}

TEST(AuditVerdict, Categories) {
  AuditedQuantity lost = quantity(1, 0.5);
  lost.errors.categories.lost = 3;
  EXPECT_EQ(grade_of(lost), Grade::textbook) << "within the bound, and not right";
  AuditedQuantity zero = quantity(1, 0.5);
  zero.errors.categories.wrong_zero = 3;
  EXPECT_EQ(grade_of(zero), Grade::right) << "-0 is 0";
  AuditedQuantity nan = quantity(1, 0.5);
  nan.errors.categories.nan_unexpected = 1;
  EXPECT_EQ(grade_of(nan), Grade::wrong);
}

TEST(AuditVerdict, RowsOutsideTheDomain) {
  AuditedQuantity some = quantity(1000, 0.5);
  some.outside.count = 2;
  some.outside.max_ulp = 3;
  EXPECT_EQ(grade_of(some), Grade::textbook) << "those outside are right";
  some.outside.max_ulp = 1000;
  EXPECT_EQ(grade_of(some), Grade::outside);
  some.errors.categories.inf_unexpected = some.outside.categories.inf_unexpected = 1;
  EXPECT_EQ(grade_of(some), Grade::outside) << "an inf where no bound forbids it";
  some.errors.categories.inf_unexpected = 2;
  EXPECT_EQ(grade_of(some), Grade::wrong);
}

TEST(AuditVerdict, WorstOfTheQuantities) {
  EXPECT_EQ(grade_of(Audit{}), Grade::nothing_checked);
  Audit audit;
  audit.quantities = {quantity(1, 0), at_worst(0.5), quantity(10, 0.5)};
  EXPECT_EQ(grade_of(audit), Grade::suspect);
  EXPECT_FALSE(is_good(audit));
  audit.quantities = {quantity(1, 0), quantity(10, 0.5)};
  EXPECT_TRUE(is_good(audit)) << "as good as the textbook";
}

TEST(AuditVerdict, GateTightens) {
  Audit audit;
  audit.quantities = {quantity(3.5, 0.5)};
  audit.gate.max_ulp = 3.5;
  EXPECT_TRUE(is_good(audit));
  audit.gate.max_ulp = 3.4;
  ASSERT_EQ(refused(audit).size(), 1U);
  EXPECT_EQ(refused(audit)[0].demand, "--max-ulp 3.4");
  EXPECT_EQ(grade_of(audit), Grade::right) << "and yet not good:";
  EXPECT_FALSE(is_good(audit));
  audit.quantities = {at_worst(2)};
  audit.gate.max_ulp = 1e9;
  EXPECT_FALSE(is_good(audit)) << "a gate does not loosen";
}

TEST(AuditVerdict, Tiers) {
  const auto passes = [](Tier tier, const AuditedQuantity& one) {
    Audit audit;
    audit.quantities = {one};
    audit.gate.tier = tier;
    return refused(audit).empty();
  };
  EXPECT_TRUE(passes(Tier::accurate, quantity(3, 0)));
  EXPECT_FALSE(passes(Tier::accurate, quantity(3.1, 0)));
  AuditedQuantity gradient = quantity(5, 0);
  gradient.name = "grad";
  EXPECT_TRUE(passes(Tier::accurate, gradient));
  EXPECT_TRUE(passes(Tier::faithful, quantity(0.99, 0)));
  EXPECT_FALSE(passes(Tier::faithful, quantity(1, 0)));
  AuditedQuantity rounded = quantity(0.5, 0);
  EXPECT_FALSE(passes(Tier::correctly_rounded, rounded));
  rounded.errors.correctly_rounded = rounded.errors.count;
  EXPECT_TRUE(passes(Tier::correctly_rounded, rounded));
  AuditedQuantity lost = quantity(0.5, 0);
  lost.errors.categories.lost = 1;
  EXPECT_FALSE(passes(Tier::accurate, lost));
}

}  // namespace
