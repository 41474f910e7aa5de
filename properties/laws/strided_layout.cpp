// SPDX-License-Identifier: MIT
// Where elements lie does not matter: logits, targets, losses and gradient with gaps between their
// elements, transposed, or backwards give what packed ones give, up to what the contract lets each
// err. What lies in the gaps (NaN, a label out of range) is neither used nor overwritten.

#include <limits>
#include <utility>

#include "properties/comparison.hpp"
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
    const auto size = 1 + (rows - 1) * row_stride_ + (cols - 1) * col_stride_;
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

template <class T>
std::optional<Violation> check(const Contract<T>& contract, const cases::Case<T>& given) {
  const auto [rows, classes] = std::pair(given.recipe.rows, given.recipe.classes);
  const auto layout = static_cast<Layout>(given.recipe.seed % 3);
  constexpr T junk = std::numeric_limits<T>::quiet_NaN();
  Strided<T> logits(layout, rows, classes, junk);
  Strided<T> probs(layout, rows, classes, junk);
  Strided<std::int64_t> labels(layout, rows, 1, -7);
  Strided<T> loss(layout, loss_size(given.recipe.reduction, rows), 1, T{untouched});
  Strided<T> grad(layout, rows, classes, T{untouched});

  Problem<T> problem = given.problem();
  const auto x = logits.set(given.logits).view();
  problem.logits = {x.data, x.rows, x.cols, x.row_stride, x.col_stride};
  if (given.recipe.targets == cases::TargetKind::labels) {
    const auto y = labels.set(given.labels).column();
    problem.targets = Labels<std::int64_t>{y.data, y.size, y.stride};
  } else {
    const auto q = probs.set(given.probs).view();
    problem.targets = Probs<T>{q.data, q.rows, q.cols, q.row_stride, q.col_stride};
  }
  auto packed = evaluate(contract, given.problem());
  auto strided = packed;
  contract.kernel(problem, {.loss = loss.column(), .grad = grad.view()});
  strided.loss = loss.take(T{untouched});
  strided.grad = grad.take(T{untouched});
  if (auto violation = find_touched(loss, "loss")) return violation;
  if (auto violation = find_touched(grad, "gradient")) return violation;
  return differ(strided, packed);
}

}  // namespace

extern const Law strided_layout{
    .name = "strided_layout",
    .statement = "gaps, transposition and reversal change no result, and gaps stay as they were",
    .source = "<xent/view.hpp>",
    .scope = {.special = true},
    .f32 = {.of_case = check<float>},
    .f64 = {.of_case = check<double>},
};

}  // namespace xent::properties::law_list
