// SPDX-License-Identifier: MIT
// Families: the logits and targets of each are what its description says.
#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <span>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "cases/case.hpp"
#include "tests/cases/family_recipe.hpp"
#include "tests/support/element_types.hpp"

namespace {

using namespace xent::cases;
using xent::tests::recipe_of;

template <class T>
using Bits = std::array<std::byte, sizeof(T)>;

template <class T>
bool same_bits(const std::vector<T>& a, const std::vector<T>& b) {
  return std::ranges::equal(a, b, {}, std::bit_cast<Bits<T>, T>, std::bit_cast<Bits<T>, T>);
}

/// What the logits of some cases of a family were found to hold.
struct Found {
  bool masked = false, nan = false, infinite = false, all_masked = false, masked_label = false;
};

template <class T>
Found examine_logits(const Family& family, const Case<T>& made) {
  Found found;
  const Recipe& r = made.recipe;
  const double magnitude = family.magnitude(r.scale);
  for (std::ptrdiff_t i = 0; i < r.rows; ++i) {
    const auto row =
        std::span(made.logits)
            .subspan(static_cast<std::size_t>(i * r.classes), static_cast<std::size_t>(r.classes));
    const auto is_masked = [](T x) { return std::isinf(x) && x < 0; };
    found.all_masked |= std::ranges::all_of(row, is_masked);
    found.masked |= std::ranges::any_of(row, is_masked);
    found.nan |= std::ranges::any_of(row, [](T x) { return std::isnan(x); });
    found.infinite |= std::ranges::any_of(row, [](T x) { return std::isinf(x) && x > 0; });
    EXPECT_TRUE(std::ranges::all_of(row, [=](T x) {
      return !std::isfinite(x) || std::abs(double{x}) <= magnitude;
    })) << fmt::format("{} stays within its magnitude", to_string(r));
    const std::int64_t y = made.labels[static_cast<std::size_t>(i)];
    EXPECT_TRUE(0 <= y && y < r.classes)
        << fmt::format("{} has labels of its classes", to_string(r));
    found.masked_label |= is_masked(row[static_cast<std::size_t>(y)]);
  }
  return found;
}

template <class T>
void logits_are_as_described(const Family& family) {
  Found found;
  for (const std::ptrdiff_t classes : {1, 2, 3, 10, 300})
    for (const double factor : {0.0, 0.1, 1.0, 1.3}) {
      Recipe r = recipe_of(family, xent::dtype_of<T>, 64, classes);
      r.scale *= factor;
      const Found more = examine_logits(family, make_case<T>(r));
      found = {found.masked || more.masked, found.nan || more.nan, found.infinite || more.infinite,
               found.all_masked || more.all_masked, found.masked_label || more.masked_label};
    }
  const std::string name(family.name);
  EXPECT_EQ(found.masked, family.masked) << name + " is masked if it says so";
  EXPECT_EQ(found.masked_label, family.masked) << name + " masks some labels if it is masked";
  for (const bool one : {found.nan, found.infinite, found.all_masked})
    EXPECT_EQ(one, family.special) << name + " is special if it says so";
}

/// The targets of all kinds stand for the same labels, over the same logits.
template <class T>
void targets_agree(const Family& family) {
  Recipe r = recipe_of(family, xent::dtype_of<T>, 40, 10);
  const Case<T> labels = make_case<T>(r);
  r.targets = TargetKind::one_hot;
  const Case<T> one_hot = make_case<T>(r);
  r.targets = TargetKind::probs;
  const Case<T> probs = make_case<T>(r);
  const std::string name = to_string(r);
  EXPECT_TRUE(same_bits(labels.logits, one_hot.logits) && same_bits(labels.logits, probs.logits))
      << name + ": the logits do not depend on the targets";
  EXPECT_TRUE(labels.probs.empty() && one_hot.labels.empty() && probs.labels.empty())
      << name + ": one kind of targets";
  for (std::size_t i = 0, at = 0; i < labels.labels.size(); ++i) {
    double sum = 0;
    for (std::int64_t j = 0; j < r.classes; ++j, ++at) {
      EXPECT_EQ(one_hot.probs[at], (labels.labels[i] == j ? 1 : 0))
          << name + ": one_hot is one-hot";
      EXPECT_GE(probs.probs[at], 0) << name + ": no probability is negative";
      EXPECT_TRUE(labels.labels[i] != j || probs.probs[at] > 0) << name + ": the label has weight";
      sum += double{probs.probs[at]};
    }
    EXPECT_LT(std::abs(sum - 1), 0.02) << name + ": a row of probs sums to about 1";
  }
}

template <class T>
void fewer_rows_are_the_first(const Family& family) {
  Recipe r = recipe_of(family, xent::dtype_of<T>, 8, 10);
  r.weighted = true;
  for (r.targets = TargetKind::labels;; r.targets = TargetKind::probs) {
    r.ignoring = r.targets == TargetKind::labels;
    Case<T> whole = make_case<T>(r);
    Recipe fewer = r;
    fewer.rows = 3;
    const Case<T> part = make_case<T>(fewer);
    whole.logits.resize(part.logits.size());
    whole.labels.resize(part.labels.size());
    whole.probs.resize(part.probs.size());
    EXPECT_TRUE(same_bits(whole.logits, part.logits) && whole.labels == part.labels &&
                same_bits(whole.probs, part.probs) && same_bits(whole.weight, part.weight) &&
                whole.ignore_index == part.ignore_index)
        << to_string(fewer) + " is the start of the case with 8 rows";
    if (r.targets == TargetKind::probs) return;
  }
}

template <class T>
void each_family() {
  for (const Family& family : families()) {
    logits_are_as_described<T>(family);
    targets_agree<T>(family);
    fewer_rows_are_the_first<T>(family);
  }
}

template <class T>
class FamiliesOf : public testing::Test {};
TYPED_TEST_SUITE(FamiliesOf, xent::tests::ElementTypes);

TYPED_TEST(FamiliesOf, EachFamily) { each_family<TypeParam>(); }

}  // namespace
