// SPDX-License-Identifier: MIT
// Rows that lie side by side, as in an array [N, C, H, W], have the bits that the same rows have
// where each is contiguous: losses, gradients, also in place, and log-sum-exps, for all targets.

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <xent/implementation.hpp>

#include "cases/view_of.hpp"
#include "tests/impl/driver/ordinary_rows.hpp"
#include "tests/support/element_types.hpp"

namespace {

using namespace xent;

constexpr std::ptrdiff_t images = 2;
constexpr std::ptrdiff_t pixels = 23;  // of an image: groups of rows pass its end
constexpr std::ptrdiff_t rows = images * pixels;

/// An array [rows, C] of numbers, either row after row or with C on axis 1 of [images, C, pixels].
template <class T>
class Array {
 public:
  Array(std::ptrdiff_t classes, bool side_by_side)
      : classes_(classes),
        side_by_side_(side_by_side),
        elements_(static_cast<std::size_t>(rows * classes)) {}

  template <class V>
  MatrixView<V> view_as(V* data) const {
    if (!side_by_side_) return row_major(data, rows, classes_);
    return {.data = data,
            .rows = rows,
            .cols = classes_,
            .row_stride = classes_ * pixels,
            .col_stride = pixels,
            .inner = pixels,
            .inner_stride = 1};
  }
  MatrixView<T> view() { return view_as(elements_.data()); }
  MatrixView<const T> view() const { return view_as(elements_.data()); }

  template <class NumberAt>
  Array& fill(NumberAt number_at) {
    for (std::ptrdiff_t i = 0; i < rows; ++i)
      for (std::ptrdiff_t j = 0; j < classes_; ++j) view()(i, j) = static_cast<T>(number_at(i, j));
    return *this;
  }

 private:
  std::ptrdiff_t classes_;
  bool side_by_side_;
  std::vector<T> elements_;
};

/// The targets and options of a problem.
struct Form {
  std::string name;
  enum { labels, probs, csr } targets = labels;
  Options options = {};
  bool weighted = false, row_weighted = false;
};

std::vector<Form> forms() {
  std::vector<Form> all = {
      {.name = "labels"},
      {.name = "ignored", .options = {.ignore_index = 1}},
      {.name = "weights", .weighted = true},
      {.name = "row weights", .options = {.ignore_index = 2}, .row_weighted = true},
      {.name = "smoothed", .options = {.label_smoothing = 0.1}, .weighted = true},
      {.name = "z-loss", .options = {.z_loss = 1e-4}},
      {.name = "temperature", .options = {.temperature = 0.7}},
      {.name = "probs", .targets = Form::probs},
      {.name = "probs, row weights", .targets = Form::probs, .row_weighted = true},
      {.name = "probs, softcap", .targets = Form::probs, .options = {.softcap = 30}},
      {.name = "csr", .targets = Form::csr},
  };
  const std::size_t count = all.size();
  for (std::size_t k = 0; k < count; ++k) {
    all.push_back(all[k]);
    all.back().options.reduction = Reduction::none;
  }
  return all;
}

/// What a kernel computes.
template <class T>
struct Results {
  std::vector<LossOf<T>> loss, lse;
  std::vector<T> grad;  // row after row
};

/// Targets that any layout shares.
template <class T>
struct Shared {
  std::vector<std::int64_t> labels, offsets = {0}, few_classes;
  std::vector<T> few, weight;
  std::vector<LossOf<T>> row_weight;

  explicit Shared(std::ptrdiff_t classes) {
    for (std::ptrdiff_t i = 0; i < rows; ++i) {
      labels.push_back(7 * i % classes);
      for (std::int64_t j = i % 3; j < classes && std::ssize(few) < 2 * (i + 1); j += 4) {
        few_classes.push_back(j);
        few.push_back(static_cast<T>(0.375));
      }
      offsets.push_back(std::ssize(few));
      const double finite = 0.5 + 0.25 * static_cast<double>(i % 4);
      row_weight.push_back(
          static_cast<LossOf<T>>(i % 11 == 3 ? std::numeric_limits<double>::infinity() : finite));
    }
    for (std::ptrdiff_t j = 0; j < classes; ++j)
      weight.push_back(static_cast<T>(j % 5 == 4 ? 0.0 : 0.5 + tests::noise(3, j)));
  }

  std::ptrdiff_t classes() const { return std::ssize(weight); }
};

/// Returns the results of a problem in one of the layouts.
template <class T>
Results<T> results(const Kernel<T>& kernel, const Shared<T>& shared, const Form& form,
                   bool side_by_side, bool in_place) {
  const std::ptrdiff_t classes = shared.classes();
  Array<T> x(classes, side_by_side), q(classes, side_by_side), g(classes, side_by_side);
  x.fill([](auto i, auto j) {
    if (i % 13 == 5) return j == 3 ? std::nan("") : 0.25;
    return 12 * tests::noise(i, j) - 6 + (i % 7 == 6 ? 500.0 : 0.0);
  });
  q.fill([&](auto i, auto j) { return tests::noise(i + 900, j) / static_cast<double>(classes); });
  Problem<T> problem{.logits = std::as_const(x).view(), .targets = {}, .options = form.options};
  if (form.targets == Form::labels)
    problem.targets = Labels<std::int64_t>(cases::view_of(shared.labels));
  else if (form.targets == Form::probs)
    problem.targets = Probs<T>(std::as_const(q).view());
  else
    problem.targets = Csr<T>{cases::view_of(shared.offsets), cases::view_of(shared.few_classes),
                             cases::view_of(shared.few)};
  if (form.weighted) problem.weight = cases::view_of(shared.weight);
  if (form.row_weighted) problem.row_weight = cases::view_of(shared.row_weight);
  Results<T> made;
  made.loss.resize(static_cast<std::size_t>(loss_size(form.options.reduction, rows)));
  made.lse.resize(static_cast<std::size_t>(rows));
  const Outputs<T> out{.loss = {made.loss.data(), std::ssize(made.loss), 1},
                       .grad = in_place ? x.view() : g.view(),
                       .lse = {made.lse.data(), rows, 1}};
  kernel(problem, out);
  for (std::ptrdiff_t i = 0; i < rows; ++i)
    for (std::ptrdiff_t j = 0; j < classes; ++j) made.grad.push_back(out.grad(i, j));
  return made;
}

/// Expects the same numbers, of NaN that both are.
template <class T>
void expect_equal(const std::vector<T>& got, const std::vector<T>& wanted,
                  const std::string& what) {
  for (std::size_t k = 0; k < wanted.size(); ++k) {
    const auto a = static_cast<double>(got[k]);
    const auto b = static_cast<double>(wanted[k]);
    ASSERT_TRUE(a == b ? std::signbit(a) == std::signbit(b) : std::isnan(a) && std::isnan(b))
        << what << ", element " << k << ": " << a << " beside " << b;
  }
}

template <class T>
class SideBySide : public testing::Test {};
TYPED_TEST_SUITE(SideBySide, tests::ElementTypes);

TYPED_TEST(SideBySide, HasTheBitsOfContiguousRows) {
  using T = TypeParam;
  for (const Implementation* one : implementations()) {
    if (!one->dispatched) continue;
    for (const std::ptrdiff_t classes : {5, 66, 170, 390, 1100, 2500, 4096}) {
      const Shared<T> shared(classes);
      for (const Form& form : forms()) {
        const Kernel<T>& kernel = one->contract<T>().kernel;
        const Results<T> apart = results(kernel, shared, form, false, false);
        for (const bool in_place : {false, true}) {
          const std::string what =
              fmt::format("{}, {} classes, {}, {}{}", one->name, classes, form.name,
                          to_string(form.options.reduction), in_place ? ", in place" : "");
          const Results<T> beside = results(kernel, shared, form, true, in_place);
          expect_equal(beside.loss, apart.loss, what + ", loss");
          expect_equal(beside.lse, apart.lse, what + ", log-sum-exp");
          expect_equal(beside.grad, apart.grad, what + ", gradient");
          if (testing::Test::HasFatalFailure()) return;
        }
      }
    }
  }
}

}  // namespace
