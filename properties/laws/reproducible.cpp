// SPDX-License-Identifier: MIT
// Rows that begin elsewhere in memory, and other numbers of threads, give the same bits. Where rows
// stand in the batch and how it is split are the laws row_permutation and batch_split; shapes that
// threads share are those of tests/impl/reproducible_test.cpp.

#include <algorithm>
#include <cstddef>
#include <limits>

#include <xent/implementation.hpp>

#include "properties/judging/comparison.hpp"

namespace xent::properties::law_list {
namespace {

// A matrix of C + 1 elements a row, so that each row begins elsewhere, from element `shift` on.
template <class T>
class Shifted {
 public:
  Shifted(std::ptrdiff_t rows, std::ptrdiff_t cols, std::ptrdiff_t shift)
      : rows_(rows),
        cols_(cols),
        shift_(shift),
        buffer_(static_cast<std::size_t>(shift + rows * (cols + 1))) {}

  MatrixView<T> view() {
    return {.data = buffer_.data() + shift_, .rows = rows_, .cols = cols_, .row_stride = cols_ + 1};
  }
  MatrixView<const T> constant() {
    const MatrixView<T> all = view();
    return {.data = all.data, .rows = rows_, .cols = cols_, .row_stride = cols_ + 1};
  }

 private:
  std::ptrdiff_t rows_, cols_, shift_;
  std::vector<T> buffer_;
};

template <class T>
std::optional<Violation> check(const Contract<T>& contract, const cases::Case<T>& given) {
  if (!contract.reproducible) return std::nullopt;
  const auto [rows, classes] = std::pair(given.recipe.rows, given.recipe.classes);
  const auto packed = compute(contract, given.problem());
  const auto shift = 1 + static_cast<std::ptrdiff_t>(given.recipe.seed % 5);
  Shifted<T> logits(rows, classes, shift);
  Shifted<T> grad(rows, classes, 2 * shift);
  auto moved = packed;
  std::fill(moved.loss.begin(), moved.loss.end(), std::numeric_limits<LossOf<T>>::quiet_NaN());
  Outputs<T> out = moved.outputs();
  out.grad = grad.view();
  Problem<T> problem = given.problem();
  for (std::ptrdiff_t i = 0; i < rows; ++i)
    for (std::ptrdiff_t j = 0; j < classes; ++j) logits.view()(i, j) = problem.logits(i, j);
  problem.logits = logits.constant();
  Execution execution = contract.kernel.execution();
  execution.threads = 3;
  contract.kernel(problem, out, execution);
  for (std::ptrdiff_t k = 0; k < rows * classes; ++k)
    moved.grad[static_cast<std::size_t>(k)] = grad.view()(k / classes, k % classes);
  return differ_in_bits(moved, packed);
}

}  // namespace

extern const Law reproducible{
    .name = "reproducible",
    .statement = "the same bits wherever rows begin in memory, and for any number of threads",
    .source = "the contract's promise",
    .scope = {.special = true},
    .checks = of_case([](auto& contract, auto& given) { return check(contract, given); }),
};

}  // namespace xent::properties::law_list
