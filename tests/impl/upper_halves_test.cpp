// SPDX-License-Identifier: MIT
// Kernels return with the upper halves of the vector registers clear. What runs after a kernel that
// does not is right, but up to fifty times slower on some processors.
#include "machine/upper_halves.hpp"

#include <cstdint>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <xent/implementation.hpp>

#include "properties/dispatch.hpp"
#include "tests/support/element_types.hpp"
#include "tests/support/upper_halves.hpp"

namespace {

using namespace xent;

template <class T>
struct Arrays {
  std::vector<T> logits, probs, grad;
  std::vector<std::int64_t> labels;
  std::vector<LossOf<T>> loss;

  Arrays(std::ptrdiff_t rows, std::ptrdiff_t classes)
      : grad(static_cast<std::size_t>(rows * classes)),
        labels(static_cast<std::size_t>(rows)),
        loss(static_cast<std::size_t>(rows)) {
    for (std::ptrdiff_t k = 0; k < rows * classes; ++k) {
      logits.push_back(static_cast<T>(static_cast<float>(k % 13) - 6));
      probs.push_back(static_cast<T>(1.0F / static_cast<float>(classes)));
    }
  }
};

template <class T>
void check(const Implementation& one, const std::string& set, std::ptrdiff_t rows,
           std::ptrdiff_t classes, bool soft, bool with_gradient) {
  Arrays<T> arrays(rows, classes);
  Problem<T> problem{.logits = row_major<const T>(arrays.logits.data(), rows, classes),
                     .targets = Labels<std::int64_t>{arrays.labels.data(), rows}};
  problem.options.reduction = Reduction::none;
  if (soft) problem.targets = row_major<const T>(arrays.probs.data(), rows, classes);
  Outputs<T> out{.loss = {arrays.loss.data(), rows}};
  if (with_gradient) out.grad = row_major<T>(arrays.grad.data(), rows, classes);
  machine::clear_upper_halves();
  one.contract<T>().kernel(problem, out);
  EXPECT_FALSE(tests::upper_halves_are_in_use())
      << fmt::format("{} {} {} {}x{}, soft {}, gradient {}", one.name, to_string(dtype_of<T>), set,
                     rows, classes, soft, with_gradient);
}

template <class T>
void check_type() {
  if (!tests::tells_use_of_upper_halves()) GTEST_SKIP() << "the processor does not tell";
  for (const Implementation* one : implementations()) {
    if (!one->dispatched) continue;
    for (const std::string& set : instruction_sets())
      for (const std::ptrdiff_t classes : {2, 10, 100, 500, 5000})
        for (const bool soft : {false, true})
          for (const bool with_gradient : {false, true})
            check<T>(properties::on_instruction_set(*one, set), set, 70, classes, soft,
                     with_gradient);
  }
}

template <class T>
class UpperHalves : public testing::Test {};
TYPED_TEST_SUITE(UpperHalves, xent::tests::ElementTypes);

TYPED_TEST(UpperHalves, AreClearAfterAKernel) { check_type<TypeParam>(); }

}  // namespace
