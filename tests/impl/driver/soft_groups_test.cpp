// SPDX-License-Identifier: MIT
// Groups of rows against soft targets in which rows that are computed together stand beside rows
// that must be computed alone: those without a loss, beyond the lanes' range, with huge, negative
// or no probabilities.

#include <cmath>
#include <cstddef>
#include <limits>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "tests/impl/driver/ordinary_rows.hpp"
#include "tests/impl/judged_rows.hpp"
#include "tests/support/element_types.hpp"

namespace {

using namespace xent;
using tests::JudgedRows;
using tests::logits_of;
using tests::noise;
using tests::Rows;

constexpr double infinity = std::numeric_limits<double>::infinity();

std::vector<double> probs_of(std::ptrdiff_t row, std::ptrdiff_t classes) {
  std::vector<double> q;
  for (std::ptrdiff_t j = 0; j < classes; ++j)
    q.push_back(noise(row + 1000, j) / static_cast<double>(classes));
  return q;
}

/// Rows of every kind, each ordinary one followed by one that is not; at least five classes.
Rows mixed_rows(std::ptrdiff_t classes, bool negative) {
  Rows rows;
  const auto add = [&](auto change) {
    for (const bool ordinary : {true, false}) {
      const std::ptrdiff_t row = std::ssize(rows.logits);
      rows.logits.push_back(logits_of(row, classes));
      rows.probs.push_back(probs_of(row, classes));
      if (!ordinary) change(rows.logits.back(), rows.probs.back());
    }
  };
  using Row = std::vector<double>;
  add([](Row& x, Row&) { x[2] = std::nan(""); });
  add([](Row& x, Row&) { x[1] = infinity; });
  add([](Row& x, Row&) { x.assign(x.size(), -infinity); });
  add([](Row& x, Row& q) { x[3] = -infinity, q[3] = 0; });
  add([](Row& x, Row& q) { x[3] = -infinity, q[3] = 0.5; });
  for (const double by : {-300.0, -190.0, 325.0, 350.0, 400.0, 3000.0})
    add([by](Row& x, Row&) {
      for (double& one : x) one += by;
    });
  for (const double by : {0x1p20, 0x1p31, 0x1p33, 0x1p-30})
    add([by](Row&, Row& q) {
      for (double& one : q) one *= by;
    });
  add([](Row&, Row& q) { q.assign(q.size(), 0); });
  add([](Row&, Row& q) { q.assign(q.size(), 0), q[4] = 1; });
  add([](Row& x, Row& q) { x[0] = x[4] = 20, q[0] = q[4] = 0.5; });
  if (negative) add([](Row&, Row& q) { q[0] = -q[0], q[1] = -1e-3; });
  return rows;
}

template <class T>
void check_groups() {
  for (const std::ptrdiff_t classes : {5, 21, 64, 65, 100, 161, 256, 257, 385, 1030})
    for (const double smoothing : {0.0, 0.125})
      for (const bool weighted : {false, true}) {
        Rows rows = mixed_rows(classes, smoothing == 0);
        rows.smoothing = smoothing;
        for (std::ptrdiff_t j = 0; weighted && j < classes; ++j)
          rows.weight.push_back(j == 1 ? 0 : 0.5 + noise(7, j));
        for (const Reduction reduction : {Reduction::none, Reduction::mean}) {
          rows.reduction = reduction;
          JudgedRows<T>(rows).check(fmt::format("{} classes, smoothing {}, weights {}, {}", classes,
                                                smoothing, weighted, to_string(reduction)));
        }
      }
}

TEST(SoftGroups, KeepTheirContracts) {
  check_groups<float>();
  check_groups<double>();
  check_groups<bf16>();
}

/// Logits that a temperature and a softcap map; a softcap of 0.01 takes rows of f64 out of the
/// lanes.
template <class T>
void check_mapped_groups() {
  struct Map {
    double temperature, softcap;
  };
  for (const std::ptrdiff_t classes : {5, 64, 70, 390, 640, 641})
    for (const Map& map : {Map{0.25, 0}, Map{0, 30}, Map{0.25, 0.01}}) {
      Rows rows = mixed_rows(classes, true);
      rows.temperature = map.temperature;
      rows.softcap = map.softcap;
      const std::string what = fmt::format("{} classes, temperature {}, softcap {}", classes,
                                           map.temperature, map.softcap);
      JudgedRows<T>(rows).check(what);
      for (std::ptrdiff_t i = 0; i < std::ssize(rows.logits); ++i)
        rows.labels.push_back(5 * i % classes);
      JudgedRows<T>(rows).check(what + ", labels");
      for (std::ptrdiff_t j = 0; j < classes; ++j)
        rows.weight.push_back(j % 5 == 0 ? 0 : noise(7, j) - 0.25);
      JudgedRows<T>(rows).check(what + ", labels with weights");
    }
}

TEST(SoftGroups, MappedLogitsKeepTheirContracts) {
  check_mapped_groups<float>();
  check_mapped_groups<double>();
  check_mapped_groups<f16>();
}

/// A smoothed q below 0 may cancel to any size.
TEST(SoftGroups, SmoothedNegativeProbabilities) {
  Rows rows = mixed_rows(8, true);
  rows.smoothing = 0.125;
  for (double& q : rows.probs[2]) q = -0.015625 / 0.875;
  JudgedRows<float>(rows).check("smoothed below 0");
}

}  // namespace
