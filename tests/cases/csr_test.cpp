// SPDX-License-Identifier: MIT
// Cases in csr: short rows of the labels' classes over the same logits, of every kind.
#include <algorithm>
#include <cmath>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "cases/case.hpp"
#include "tests/cases/family_recipe.hpp"
#include "tests/support/element_types.hpp"

namespace {

using namespace xent::cases;

/// Few classes in a row, ascending, the label among them, or none.
template <class T>
void csr_agrees(const Case<T>& labels, const std::string& name) {
  Recipe r = labels.recipe;
  r.targets = TargetKind::csr;
  const Case<T> csr = make_case<T>(r);
  EXPECT_EQ(labels.logits, csr.logits) << name + ": the logits do not depend on csr";
  EXPECT_TRUE(csr.labels.empty() && csr.probs.empty()) << name + ": csr is one kind of targets";
  const auto rows = rows_of(csr.csr);
  EXPECT_EQ(std::ssize(rows), r.rows) << name + ": csr has every row";
  for (std::size_t i = 0; i < rows.size(); ++i) {
    double sum = 0;
    bool with_label = rows[i].empty();
    for (std::size_t k = 0; k < rows[i].size(); ++k) {
      const auto [j, prob] = rows[i][k];
      EXPECT_TRUE(0 <= j && j < r.classes && (k == 0 || rows[i][k - 1].first < j))
          << name + ": the classes of csr ascend";
      EXPECT_GE(prob, 0) << name + ": no probability of csr is negative";
      with_label = with_label || (j == labels.labels[i] && prob > 0);
      sum += double{prob};
    }
    EXPECT_TRUE(with_label) << name + ": the label is among the classes";
    EXPECT_TRUE(rows[i].empty() || std::abs(sum - 1) < 0.02)
        << name + ": a row of csr sums to about 1";
    EXPECT_LE(rows[i].size(), 8) << name + ": a row of csr is short";
  }
}

/// Over all of its rows, csr holds empty rows, one-hot rows, explicit zeros, and masked classes.
TEST(Csr, CsrVaries) {
  const auto made = make_case<double>(parse_recipe("f64/masked(3)/256x10/csr/none/seed=1"));
  int empty = 0, one_hot = 0, zeros = 0, masked = 0;
  for (std::size_t i = 0; const auto& row : rows_of(made.csr)) {
    empty += row.empty() ? 1 : 0;
    one_hot += row.size() == 1 ? 1 : 0;
    for (const auto& [j, prob] : row) {
      zeros += prob == 0 ? 1 : 0;
      masked += prob > 0 && std::isinf(made.logits[i * 10 + static_cast<std::size_t>(j)]) ? 1 : 0;
    }
    ++i;
  }
  EXPECT_TRUE(empty > 16 && empty < 64) << fmt::format("{} rows of 256 are empty", empty);
  EXPECT_TRUE(one_hot > 8 && one_hot < 64) << fmt::format("{} have one class", one_hot);
  EXPECT_TRUE(zeros > 64 && masked > 16) << fmt::format("{} zeros, {} at masks", zeros, masked);
}

TEST(Csr, CsrRowsAndArraysAreInverse) {
  const std::vector<CsrRow<double>> rows = {{{1, 0.5}, {4, 0.25}}, {}, {{0, 1.0}}};
  const CsrArrays<double> csr = csr_of(rows);
  EXPECT_EQ(csr.offsets, (std::vector<std::int64_t>{0, 2, 2, 3})) << "offsets of rows";
  EXPECT_EQ(csr.classes, (std::vector<std::int64_t>{1, 4, 0})) << "classes of rows";
  EXPECT_EQ(rows_of(csr), rows) << "and back";
  EXPECT_TRUE(rows_of(CsrArrays<double>()).empty()) << "absent arrays have no rows";
}

template <class T>
void each_family() {
  for (const Family& family : families()) {
    if (family.special) continue;  // NaN is not equal to itself
    const auto plain = make_case<T>(xent::tests::recipe_of(family, xent::dtype_of<T>, 40, 10));
    csr_agrees(plain, to_string(plain.recipe));
  }
}

template <class T>
class CsrOf : public testing::Test {};
TYPED_TEST_SUITE(CsrOf, xent::tests::ElementTypes);

TYPED_TEST(CsrOf, EachFamily) { each_family<TypeParam>(); }

}  // namespace
