// SPDX-License-Identifier: MIT
// Groups of rows against labels in which rows that are computed together stand beside rows that
// must be computed alone: those without a loss, with huge distances, tiny tails, or extreme
// weights.

#include <cmath>
#include <cstddef>
#include <limits>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "tests/impl/driver/ordinary_rows.hpp"
#include "tests/impl/judged_rows.hpp"

namespace {

using namespace xent;
using tests::JudgedRows;
using tests::Rows;

constexpr double infinity = std::numeric_limits<double>::infinity();

/// Rows of every kind, each ordinary one followed by one that is not; at least three classes.
Rows mixed_rows(std::ptrdiff_t classes) {
  Rows rows;
  const auto add = [&](auto change) {
    for (const bool ordinary : {true, false}) {
      const std::ptrdiff_t row = std::ssize(rows.logits);
      std::vector<double>& x = rows.logits.emplace_back(tests::logits_of(row, classes));
      rows.labels.push_back(row % classes);
      if (!ordinary) change(x);
    }
  };
  using Row = std::vector<double>;
  add([](Row& x) { x[2] = std::nan(""); });
  add([](Row& x) { x[1] = infinity; });
  add([](Row& x) { x.assign(x.size(), -infinity); });
  add([](Row& x) { x[0] = -infinity; });
  add([](Row& x) { x.assign(x.size(), -infinity), x[1] = 3; });
  add([](Row& x) { x.assign(x.size(), 5); });
  for (const double by : {-1e5, -400.0, 1e5, 1e300})
    add([by](Row& x) {
      for (double& one : x) one += by;
    });
  for (const double by : {50.0, 60.0, 400.0, 700.0, 740.0, 1000.0, 1e300, 1.7e308})
    for (const std::size_t at : {std::size_t{0}, std::size_t{1}})
      add([by, at](Row& x) { x[at] = by; });
  add([](Row& x) { x[0] = 1.7e308, x[1] = -1.7e308; });
  return rows;
}

/// Rows of f64 of few classes are in lanes, with one kind of row beside another in each vector.
TEST(LabelGroups, KeepTheirContracts) {
  for (const std::ptrdiff_t classes : {3, 10, 21, 64, 65, 160, 256, 257, 384, 385})
    for (const double w : {0.0, 1.0, 0x1p-64, 0x1p-30, 0x1p40, 0x1p64})
      for (const Reduction reduction : {Reduction::none, Reduction::mean}) {
        Rows rows = mixed_rows(classes);
        rows.reduction = reduction;
        for (std::ptrdiff_t j = 0; w != 1 && j < classes; ++j)
          rows.weight.push_back(j == 1 ? w : 1.5);
        JudgedRows<double>(rows).check(
            fmt::format("{} classes, weight {}, {}", classes, w, to_string(reduction)));
      }
}

}  // namespace
