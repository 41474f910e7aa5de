// SPDX-License-Identifier: MIT
// Rows whose loss, log-sum-exp or z-loss is below the normal numbers of double, until a weight, a
// temperature or the divisor of a mean brings it back.

#include <cmath>
#include <limits>

#include <gtest/gtest.h>

#include "tests/impl/judged_rows.hpp"
#include "tests/support/element_types.hpp"

namespace {

using namespace xent;
using tests::JudgedRows;
using tests::Rows;

constexpr double infinity = std::numeric_limits<double>::infinity();

/// Returns rows whose log-sum-exp is their first logit to every digit: their other terms are 0, or
/// far below that logit.
Rows rows_near_zero(std::ptrdiff_t classes, double rest) {
  Rows rows;
  for (const double x : {0x1.2345p-60, 0x1.789ap-130, 0x1.4567p-500, 0x1.6789p-900, 0x1.2345p-1021,
                         0x1.5678p-1030, -0x1.1p-1030}) {
    rows.logits.emplace_back(static_cast<std::size_t>(classes), rest).front() = x;
    rows.labels.push_back(0);
  }
  return rows;
}

/// Returns rows of two classes whose losses are e^-d, each d in one of them.
Rows confident_rows(std::ptrdiff_t classes) {
  Rows rows;
  for (const double d : {690.0, 705.0, 730.0, 744.0, 760.0}) {
    rows.logits.emplace_back(static_cast<std::size_t>(classes), -infinity);
    rows.logits.back()[0] = d;
    rows.logits.back()[1] = 0;
    rows.labels.push_back(0);
  }
  return rows;
}

/// Judges the rows against labels and, without class weights, against the same targets as
/// probabilities.
template <class T>
void judge_both(Rows rows, const std::string& what) {
  JudgedRows<T>(rows).check(what + ", labels");
  if (!rows.weight.empty()) return;
  for (const auto& row : rows.logits) {
    rows.probs.emplace_back(row.size(), 0.0).front() = 1;
  }
  rows.labels.clear();
  JudgedRows<T>(rows).check(what + ", probabilities");
}

/// Judges the rows with row weights of that factor, and each row's mean with a divisor of 1 over
/// it, with row weights of 1 and 2^64.
template <class T>
void judge_factors(const Rows& given, const std::string& what) {
  for (const double factor : {1.0, 0x1p32, 0x1p64}) {
    if (static_cast<double>(static_cast<T>(1 / factor)) == 0) continue;
    const std::string with_factor = fmt::format("{}, factor {}", what, factor);
    Rows rows = given;
    rows.row_weight.assign(rows.logits.size(), factor);
    judge_both<T>(rows, with_factor + ", row weights");
    for (std::size_t i = 0; i < given.logits.size(); ++i)
      for (const double row_weight : {1.0, 0x1p64}) {
        Rows row = given;
        row.logits = {given.logits[i]};
        row.labels = {0};
        row.weight.assign(row.logits.front().size(), 1 / factor);
        row.row_weight = {row_weight};
        row.reduction = Reduction::mean;
        judge_both<T>(row,
                      fmt::format("{}, mean of row {} of weight {}", with_factor, i, row_weight));
      }
  }
}

template <class T>
void z_losses() {
  for (const std::ptrdiff_t classes : {1, 2, 100})
    for (const double rest : {-infinity, -30000.0})
      for (const double k : {0.5, 0x1p-99}) {
        if (classes == 1 && rest != -infinity) continue;
        Rows rows = rows_near_zero(classes, rest);
        rows.z_loss = k;
        for (const double temperature : {0.0, 0x1p-10, 0x1p10}) {
          rows.temperature = temperature;
          judge_factors<T>(rows, fmt::format("{} classes, rest {}, k {}, temperature {}", classes,
                                             rest, k, temperature));
        }
      }
}

template <class T>
class TinyRows : public testing::Test {};
TYPED_TEST_SUITE(TinyRows, xent::tests::ElementTypes);

TYPED_TEST(TinyRows, ZLossesAreBroughtBackByFactors) { z_losses<TypeParam>(); }

TYPED_TEST(TinyRows, LossesAreBroughtBackByFactors) {
  for (const std::ptrdiff_t classes : {2, 3, 100, 500})
    judge_factors<TypeParam>(confident_rows(classes), fmt::format("{} classes", classes));
}

}  // namespace
