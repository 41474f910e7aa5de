// SPDX-License-Identifier: MIT
// Rows all of whose classes but a few have the same coefficient: their sums, which rows are taken
// for such, and what every implementation computes of them.

#include "impl/rows/sparse_coefficients.hpp"

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

#include <boost/multiprecision/cpp_bin_float.hpp>
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "tests/impl/driver/ordinary_rows.hpp"
#include "tests/impl/judged_rows.hpp"

namespace {

using namespace xent;
using tests::FewProbs;
using tests::JudgedRows;
using tests::logits_of;
using tests::noise;
using tests::Rows;
using Exact = boost::multiprecision::number<boost::multiprecision::cpp_bin_float<400>>;

constexpr double infinity = std::numeric_limits<double>::infinity();

/// One row of csr with `few` probabilities, the last of them `last`.
Rows one_row(std::ptrdiff_t classes, std::ptrdiff_t few, double smoothing, double last = 0.25) {
  Rows rows;
  rows.logits = {logits_of(1, classes)};
  rows.smoothing = smoothing;
  rows.csr.emplace_back();
  for (std::ptrdiff_t l = 0; l < few; ++l)
    rows.csr[0][l * (classes / few)] = l + 1 < few ? noise(3, l) : last;
  return rows;
}

/// Calls f with the coefficients of the only row of a problem of csr, as kernels make them.
template <class T, class F>
void with_coefficients(const Rows& rows, F f) {
  const JudgedRows<T> judged(rows);
  const impl::RowOptions<T> options(judged.problem());
  const auto& csr = std::get<Csr<T>>(judged.problem().targets);
  f(impl::Coefficients<T>(impl::row_probs(csr, 0), options).scaled());
}

template <class T>
bool is_sparse(const Rows& rows) {
  bool answer = false;
  with_coefficients<T>(rows, [&](const impl::Coefficients<T>& c) {
    answer = impl::SparseCoefficients<T>(c).is_sparse();
  });
  return answer;
}

TEST(SparseCoefficients, FewClassesAndOthersThatAreAlike) {
  EXPECT_TRUE(is_sparse<float>(one_row(2048, 64, 0)));
  EXPECT_FALSE(is_sparse<float>(one_row(2047, 64, 0))) << "a class for each 32 is the most";
  EXPECT_FALSE(is_sparse<double>(one_row(4096, 65, 0))) << "64 are the most";
  EXPECT_TRUE(is_sparse<double>(one_row(1000, 4, 0.1)));
  EXPECT_TRUE(is_sparse<double>(one_row(1000, 4, 0, -0.25)));
  EXPECT_FALSE(is_sparse<double>(one_row(1000, 4, 0.1, -0.25))) << "smoothed, q below 0";
  EXPECT_FALSE(is_sparse<float>(one_row(1000, 4, 0.1, std::nan("")))) << "smoothed, no number";
  EXPECT_FALSE(is_sparse<double>(one_row(1000, 4, 1e-17))) << "products of eps / C may be tiny";
  EXPECT_TRUE(is_sparse<float>(one_row(257, 1, 0.1)));
  EXPECT_FALSE(is_sparse<float>(one_row(256, 1, 0.1))) << "smoothed, few classes";
  EXPECT_TRUE(is_sparse<double>(one_row(385, 1, 0.1)));
  EXPECT_FALSE(is_sparse<double>(one_row(384, 1, 0.1))) << "smoothed, few classes";
  EXPECT_FALSE(is_sparse<double>(one_row(1, 0, 1))) << "smoothed, one class";
  Rows weighted = one_row(1000, 4, 0.1);
  weighted.weight.assign(1000, 0.5);
  EXPECT_FALSE(is_sparse<double>(weighted)) << "weights make others different";
  weighted.smoothing = 0;
  EXPECT_TRUE(is_sparse<double>(weighted)) << "others are 0 with any weight";
}

template <class T>
void check_sums(const Rows& rows, double most) {
  with_coefficients<T>(rows, [&](const impl::Coefficients<T>& c) {
    const impl::SparseCoefficients<T> sparse(c);
    ASSERT_TRUE(sparse.is_sparse());
    Exact total = 0, size = 0, excess = 0;
    for (std::ptrdiff_t j = 0; j < c.size(); ++j) {
      total += Exact(c[j].hi) + c[j].lo;
      size += abs(Exact(c[j].hi) + c[j].lo);
    }
    const impl::Mass mass = sparse.mass();
    const Exact others = Exact(sparse.others().hi) + sparse.others().lo;
    for (std::ptrdiff_t l = 0; l < sparse.count(); ++l)
      excess += Exact(sparse.excess(l).hi) + sparse.excess(l).lo;
    // A truth value is compared, because clang's analyzer objects to how Boost prints a number of this type.
    const auto below = [&](const Exact& difference, double share) {
      return abs(difference) <= share * size;
    };
    const Exact parts = Exact(mass.largest.hi) + mass.largest.lo + mass.rest.hi + mass.rest.lo;
    EXPECT_TRUE(below(Exact(mass.total.hi) + mass.total.lo - total, most));
    EXPECT_TRUE(below(parts - total, most));
    EXPECT_TRUE(below(excess + others * rows.logits[0].size() - total, most));
    EXPECT_TRUE(below(mass.size - size, 0x1p-40));
  });
}

TEST(SparseCoefficients, SumsAreThoseOfAll) {
  for (const double smoothing : {0.0, 0.125, 1.0})
    for (const std::ptrdiff_t few : {1, 2, 31})
      for (const double last : {0.0, 1e-30, 0.75, -0.75}) {
        if (last < 0 && smoothing != 0) continue;
        check_sums<float>(one_row(1024, few, smoothing, last), 0x1p-50);
        check_sums<double>(one_row(1024, few, smoothing, last), 0x1p-96);
      }
}

/// Rows of every kind; those without smoothing also with q below 0, and with logits of -inf.
Rows mixed_rows(std::ptrdiff_t classes, double smoothing) {
  Rows rows;
  rows.smoothing = smoothing;
  const auto add = [&](auto change) {
    const std::ptrdiff_t row = std::ssize(rows.logits);
    rows.logits.push_back(logits_of(row, classes));
    FewProbs q;
    for (std::ptrdiff_t l = 0; l < 4; ++l) q[(7 + row) * (l + 1) % classes] = noise(row, l);
    rows.csr.push_back(q);
    change(rows.logits.back(), rows.csr.back());
  };
  using Row = std::vector<double>;
  add([](Row&, FewProbs&) {});
  for (const double by : {-300.0, 325.0, 3000.0})
    add([by](Row& x, FewProbs&) {
      for (double& one : x) one += by;
    });
  for (const double top : {20.0, 90.0, 700.0})
    add([top](Row& x, FewProbs& q) { x[static_cast<std::size_t>(q.begin()->first)] = top; });
  for (const double top : {20.0, 90.0, 700.0}) add([top](Row& x, FewProbs&) { x.back() = top; });
  for (const double by : {0x1p20, 0x1p33, 0x1p-30, 0.0})
    add([by](Row&, FewProbs& q) {
      for (auto& [label, prob] : q) prob *= by;
    });
  add([](Row&, FewProbs& q) { q = {}; });
  add([](Row&, FewProbs& q) { q = {{3, 1}}; });
  add([&](Row&, FewProbs& q) {
    q = {};
    for (std::ptrdiff_t l = 0; l < classes / 16; ++l) q[16 * l] = noise(5, l);
  });
  add([](Row& x, FewProbs&) { x.assign(x.size(), 2); });
  add([](Row& x, FewProbs&) { x[2] = std::nan(""); });
  add([](Row& x, FewProbs&) { x[1] = infinity; });
  add([](Row& x, FewProbs&) { x.assign(x.size(), -infinity); });
  add([](Row& x, FewProbs& q) { x[static_cast<std::size_t>(q.begin()->first)] = -infinity; });
  add([](Row& x, FewProbs& q) {
    x[static_cast<std::size_t>(q.begin()->first)] = -infinity;
    q.begin()->second = 0;
  });
  add([](Row& x, FewProbs&) { x[5] = -infinity; });
  if (smoothing == 0) add([](Row&, FewProbs& q) { q.begin()->second = -0.5; });
  return rows;
}

template <class T>
void check_rows() {
  for (const std::ptrdiff_t classes : {257, 1030, 4200})
    for (const double smoothing : {0.0, 0.125, 1.0})
      for (const double z_loss : {0.0, 1e-3}) {
        if (smoothing == 1 && z_loss != 0) continue;
        Rows rows = mixed_rows(classes, smoothing);
        rows.z_loss = z_loss;
        const auto what =
            fmt::format("{} classes, smoothing {}, z-loss {}", classes, smoothing, z_loss);
        JudgedRows<T>(rows).check(what);
        for (std::ptrdiff_t i = 0; i < std::ssize(rows.logits); ++i)
          rows.row_weight.push_back(i % 5 == 0 ? 0x1p-40 : 4 * noise(9, i) - 1);
        rows.reduction = Reduction::mean;
        JudgedRows<T>(rows).check(what + ", row weights");
      }
}

TEST(SparseCoefficients, RowsKeepTheirContractsF32) { check_rows<float>(); }
TEST(SparseCoefficients, RowsKeepTheirContractsF64) { check_rows<double>(); }
TEST(SparseCoefficients, RowsKeepTheirContractsF16) { check_rows<f16>(); }

/// The few logits are read before the gradient is written over them.
template <class T>
void check_in_place() {
  for (const std::ptrdiff_t classes : {400, 1030, 4200, 200'000})
    for (const double smoothing : {0.0, 0.125}) {
      const JudgedRows<T> rows(one_row(classes, 8, smoothing));
      for (const char* name : {"simd", "faithful"}) {
        const auto& kernel = find_implementation(name)->contract<T>().kernel;
        auto apart = rows.results();
        kernel(rows.problem(), apart.outputs(), {});
        auto in_place = rows.results();
        in_place.grad = tests::elements<T>(std::vector(1, logits_of(1, classes)));
        Problem<T> problem = rows.problem();
        problem.logits.data = in_place.grad.data();
        kernel(problem, in_place.outputs(), {.threads = 2});
        EXPECT_EQ(apart.loss, in_place.loss) << name << ", " << classes;
        EXPECT_EQ(apart.grad, in_place.grad) << name << ", " << classes;
      }
    }
}

TEST(SparseCoefficients, InPlaceOnTwoThreads) {
  check_in_place<float>();
  check_in_place<double>();
}

}  // namespace
