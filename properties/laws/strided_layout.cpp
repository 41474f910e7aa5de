// SPDX-License-Identifier: MIT
// Where elements lie does not matter: logits, targets, weights, losses and gradient with gaps
// between their elements, transposed, or backwards give what packed ones give: the same bits where
// the contract promises them, else up to what it lets each err. What lies in the gaps (NaN, a label
// out of range) is neither used nor overwritten.

#include <algorithm>
#include <limits>
#include <utility>

#include "properties/judging/comparison.hpp"
#include "properties/message.hpp"

namespace xent::properties::law_list {
namespace {

enum class Layout { gaps, transposed, backwards };

// A matrix of a layout in a buffer of `junk`.
template <class V>
class Strided {
 public:
  Strided(Layout layout, std::ptrdiff_t rows, std::ptrdiff_t cols, V junk)
      : rows_(rows), cols_(cols) {
    row_stride_ = layout == Layout::transposed ? 2 : 2 * cols + 3;
    col_stride_ = layout == Layout::transposed ? 2 * rows + 3 : 2;
    const auto size =
        1 + std::max<std::ptrdiff_t>(rows - 1, 0) * row_stride_ + (cols - 1) * col_stride_;
    buffer_.assign(static_cast<std::size_t>(size), junk);
    if (layout != Layout::backwards) return;
    first_ = size - 1;
    row_stride_ = -row_stride_;
    col_stride_ = -col_stride_;
  }

  MatrixView<V> view() { return {buffer_.data() + first_, rows_, cols_, row_stride_, col_stride_}; }
  VectorView<V> column() { return {buffer_.data() + first_, rows_, row_stride_}; }

  Strided& set(const std::vector<V>& packed) {
    for (std::ptrdiff_t k = 0; k < std::ssize(packed); ++k)
      view()(k / cols_, k % cols_) = packed[static_cast<std::size_t>(k)];
    return *this;
  }
  // Takes the elements out, packed, and leaves junk in their places.
  std::vector<V> take(V junk) {
    std::vector<V> packed;
    for (std::ptrdiff_t i = 0; i < rows_; ++i)
      for (std::ptrdiff_t j = 0; j < cols_; ++j)
        packed.push_back(std::exchange(view()(i, j), junk));
    return packed;
  }
  const std::vector<V>& buffer() const { return buffer_; }

 private:
  std::ptrdiff_t rows_, cols_, row_stride_ = 0, col_stride_ = 0, first_ = 0;
  std::vector<V> buffer_;
};

constexpr int untouched = -77;

template <class T>
std::optional<Violation> find_touched(const Strided<T>& strided, const char* name) {
  for (const T x : strided.buffer())
    if (x != T{untouched})
      return Violation{.got = show(x) + " in a gap of the " + name, .expected = "nothing written"};
  return std::nullopt;
}

// A vector of a layout in a buffer of `junk`.
template <class V>
Strided<V> column(Layout layout, const std::vector<V>& packed, V junk) {
  return std::move(Strided<V>(layout, std::ssize(packed), 1, junk).set(packed));
}

// The problem of a case, its arrays in a layout.
template <class T>
class StridedProblem {
 public:
  StridedProblem(const cases::Case<T>& given, Layout layout)
      : logits_(layout, given.recipe.rows, given.recipe.classes, junk),
        probs_(layout, given.recipe.rows, given.recipe.classes, junk),
        labels_(column<std::int64_t>(layout, given.labels, no_class)),
        offsets_(column<std::int64_t>(layout, given.csr.offsets, no_class)),
        classes_(column<std::int64_t>(layout, given.csr.classes, no_class)),
        few_(column(layout, given.csr.probs, junk)),
        weight_(column(layout, given.weight, junk)),
        row_weight_(column<LossOf<T>>(layout, given.row_weight, junk)),
        problem_(given.problem()) {
    problem_.logits = constant(logits_.set(given.logits).view());
    if (given.recipe.targets == cases::TargetKind::labels)
      problem_.targets = constant(labels_.column());
    else if (given.recipe.targets == cases::TargetKind::csr)
      problem_.targets =
          Csr<T>{constant(offsets_.column()), constant(classes_.column()), constant(few_.column())};
    else
      problem_.targets = constant(probs_.set(given.probs).view());
    if (given.recipe.weighted) problem_.weight = constant(weight_.column());
    if (given.recipe.row_weighted) problem_.row_weight = constant(row_weight_.column());
  }

  const Problem<T>& problem() const { return problem_; }

 private:
  static constexpr T junk = std::numeric_limits<T>::quiet_NaN();
  static constexpr std::int64_t no_class = -7;

  template <class V>
  static VectorView<const V> constant(const VectorView<V>& v) {
    return {v.data, v.size, v.stride};
  }
  template <class V>
  static MatrixView<const V> constant(const MatrixView<V>& m) {
    return {m.data, m.rows, m.cols, m.row_stride, m.col_stride};
  }

  Strided<T> logits_, probs_;
  Strided<std::int64_t> labels_, offsets_, classes_;
  Strided<T> few_, weight_;
  Strided<LossOf<T>> row_weight_;
  Problem<T> problem_;
};

template <class T>
std::optional<Violation> check(const Contract<T>& contract, const cases::Case<T>& given) {
  const auto [rows, classes] = std::pair(given.recipe.rows, given.recipe.classes);
  const auto layout = static_cast<Layout>(given.recipe.seed % 3);
  const StridedProblem<T> problem(given, layout);
  Strided<LossOf<T>> loss(layout, loss_size(given.recipe.reduction, rows), 1, untouched);
  Strided<T> grad(layout, rows, classes, T{untouched});
  auto packed = evaluate(contract, given.problem());
  auto strided = packed;
  contract.kernel(problem.problem(), {.loss = loss.column(), .grad = grad.view()});
  strided.loss = loss.take(untouched);
  strided.grad = grad.take(T{untouched});
  if (auto violation = find_touched(loss, "loss")) return violation;
  if (auto violation = find_touched(grad, "gradient")) return violation;
  return contract.reproducible ? differ_in_bits(strided, packed) : differ(strided, packed);
}

}  // namespace

extern const Law strided_layout{
    .name = "strided_layout",
    .statement = "gaps, transposition and reversal change no result, and gaps stay as they were",
    .source = "<xent/view.hpp>",
    .scope = {.special = true},
    .checks = of_case([](auto& contract, auto& given) { return check(contract, given); }),
};

}  // namespace xent::properties::law_list
