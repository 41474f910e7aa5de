// SPDX-License-Identifier: MIT
// The same logits anywhere in memory give the same bits of loss, log-sum-exp and gradient: rows
// side by side, columns side by side, gaps, backwards; also where rows rise and their maxima need
// an origin, of which a sweep may choose another by another first look.

#include <cmath>
#include <cstring>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <xent/implementation.hpp>

#include "properties/dispatch.hpp"
#include "tests/support/element_types.hpp"
#include "tests/support/laid_out.hpp"

namespace {

using namespace xent;

/// Rows about an offset that rise here and there, more in every row.
template <class T>
std::vector<T> rising(std::ptrdiff_t rows, std::ptrdiff_t classes, double offset, double rise) {
  std::vector<T> x;
  for (std::ptrdiff_t i = 0; i < rows; ++i)
    for (std::ptrdiff_t j = 0; j < classes; ++j) {
      const double steps = std::floor(static_cast<double>((i + 1) * j) / 700);
      x.push_back(
          static_cast<T>(offset + rise * steps + 5 * std::sin(static_cast<double>(i + 7 * j))));
    }
  return x;
}

/// Loss, log-sum-exp and gradient as bytes.
template <class T>
std::vector<unsigned char> bytes_of(const Contract<T>& contract, const Problem<T>& problem) {
  const std::ptrdiff_t rows = problem.logits.rows;
  std::vector<LossOf<T>> loss(static_cast<std::size_t>(rows)), lse(loss.size());
  std::vector<T> grad(static_cast<std::size_t>(rows * problem.logits.cols));
  contract.kernel(problem, {.loss = {loss.data(), rows},
                            .grad = row_major<T>(grad.data(), rows, problem.logits.cols),
                            .lse = {lse.data(), rows}});
  std::vector<unsigned char> bytes;
  const auto append = [&](const auto& numbers) {
    const auto* begin = reinterpret_cast<const unsigned char*>(numbers.data());
    bytes.insert(bytes.end(), begin, begin + numbers.size() * sizeof numbers[0]);
  };
  append(loss);
  append(lse);
  append(grad);
  return bytes;
}

template <class T>
void check(const Implementation& one, const std::string& set, const std::vector<T>& packed,
           std::ptrdiff_t rows, const std::string& what) {
  const std::ptrdiff_t classes = std::ssize(packed) / rows;
  std::vector<std::int64_t> labels(static_cast<std::size_t>(rows), classes / 3);
  std::vector<T> probs(packed.size());
  for (std::size_t k = 0; k < probs.size(); ++k)
    probs[k] = static_cast<T>(k % 3 == 0 ? 0.25F : 0.0F);
  Problem<T> problem{.logits = row_major<const T>(packed.data(), rows, classes),
                     .targets = Labels<std::int64_t>{labels.data(), rows}};
  problem.options.reduction = Reduction::none;
  for (const bool has_labels : {true, false}) {
    problem.targets = row_major<const T>(probs.data(), rows, classes);
    if (has_labels) problem.targets = Labels<std::int64_t>{labels.data(), rows};
    problem.logits = row_major<const T>(packed.data(), rows, classes);
    const auto expected = bytes_of(one.contract<T>(), problem);
    using enum tests::Layout;
    for (const tests::Layout layout : {padded, transposed, backwards}) {
      const tests::LaidOut<T> elsewhere(tests::matrix_of<T>(layout, rows, classes),
                                        static_cast<T>(std::nanf("")), packed);
      problem.logits = elsewhere.template matrix<const T>();
      EXPECT_EQ(bytes_of(one.contract<T>(), problem), expected) << fmt::format(
          "{} {} {}: {}, {} x {}, {}, layout {}", one.name, to_string(dtype_of<T>), set, what, rows,
          classes, has_labels ? "labels" : "probs", static_cast<int>(layout));
    }
  }
}

template <class T>
void check_type() {
  for (const Implementation* one : implementations())
    for (const std::string& set :
         one->dispatched ? instruction_sets() : std::vector<std::string>{""}) {
      const Implementation on_set = properties::on_instruction_set(*one, set);
      for (const std::ptrdiff_t classes : {20, 900, 9000})
        for (const double offset : {-300.0, 700.0, 3000.0})
          for (const double rise : {0.0, 40.0}) {
            const auto x = rising<T>(3, classes, offset, rise);
            check(on_set, set, x, 3, fmt::format("about {}, rising by {}", offset, rise));
          }
    }
}

template <class T>
class MemoryOrder : public testing::Test {};
TYPED_TEST_SUITE(MemoryOrder, xent::tests::ElementTypes);

TYPED_TEST(MemoryOrder, SameBitsAnywhere) { check_type<TypeParam>(); }

}  // namespace
