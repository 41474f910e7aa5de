// SPDX-License-Identifier: MIT
#include "cli/problem/shape_advice.hpp"

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <optional>
#include <variant>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "tensors/tensor.hpp"

namespace xent::cli {
namespace {

using tensors::LogitsAxes;

Shape without_axis(Shape shape, std::ptrdiff_t axis) {
  shape.erase(shape.begin() + axis);
  return shape;
}

Shape without_ones(Shape shape) {
  std::erase(shape, 1);
  return shape;
}

/// The class axes with which the other axes of the logits satisfy `fits`.
template <class Fits>
std::vector<std::ptrdiff_t> class_axes(const LogitsAxes& axes, Fits fits) {
  std::vector<std::ptrdiff_t> all;
  for (std::ptrdiff_t axis = 0; axis < std::ssize(axes.shape()); ++axis)
    if (fits(without_axis(axes.shape(), axis))) all.push_back(axis);
  return all;
}

std::string advice_of_axes(const std::vector<std::ptrdiff_t>& axes) {
  return axes.empty() ? "" : fmt::format("; --class-axis {} would fit", fmt::join(axes, " or "));
}

/// How many elements the last axis has more, where the shapes differ in nothing else.
std::optional<std::ptrdiff_t> surplus(const Shape& given, const Shape& wanted) {
  if (given.size() != wanted.size() || given.empty()) return std::nullopt;
  if (!std::equal(given.begin(), given.end() - 1, wanted.begin())) return std::nullopt;
  return given.back() - wanted.back();
}

/// Says that an array has an element less or more than the rows, as labels of the next token have.
/// What shifts them is to be named here.
std::string advice_to_shift(bool is_less, std::size_t axis) {
  return fmt::format("it has one element {} on axis {}, as for the prediction of the next token",
                     is_less ? "less" : "more", axis);
}

/// Says that there is an element less or more, with the class axis there is or else with another.
std::string advice_of_surplus(const Shape& given, const LogitsAxes& axes) {
  const auto is_by_one = [&](const Shape& rows) {
    const auto more = surplus(given, rows);
    return more && std::abs(*more) == 1;
  };
  const auto text = [&](const Shape& rows) {
    return advice_to_shift(*surplus(given, rows) < 0, rows.size() - 1);
  };
  if (is_by_one(axes.row_shape())) return "; " + text(axes.row_shape());
  const auto others = class_axes(axes, is_by_one);
  if (others.empty()) return "";
  return fmt::format("; with --class-axis {} {}", others.front(),
                     text(without_axis(axes.shape(), others.front())));
}

/// Says that the array has the same elements in other axes.
std::string advice_of_order(const Shape& given, const Shape& wanted) {
  if (without_ones(given) == without_ones(wanted))
    return fmt::format("; reshaped to {} it would fit", tensors::to_string(wanted));
  if (std::ranges::is_permutation(given, wanted))
    return "; it is transposed: its axes are in another order";
  return "";
}

/// The labels that are of no class: the last of them, and whether all are that one.
struct OutOfRange {
  std::int64_t label = 0;
  std::ptrdiff_t rows = 0;
  bool alike = true;
};

template <class Index>
OutOfRange out_of_range(const Labels<Index>& labels, std::ptrdiff_t classes) {
  OutOfRange found;
  for (std::ptrdiff_t i = 0; i < labels.size; ++i) {
    const std::int64_t label = labels[i];
    if (0 <= label && label < classes) continue;
    found.alike = found.alike && (found.rows == 0 || label == found.label);
    found.label = label;
    ++found.rows;
  }
  return found;
}

}  // namespace

std::string advice_for_rows(const Shape& given, const LogitsAxes& axes) {
  if (given == axes.row_shape()) return "";
  std::string advice =
      advice_of_axes(class_axes(axes, [&](const Shape& rows) { return rows == given; }));
  if (advice.empty()) advice = advice_of_order(given, axes.row_shape());
  return advice.empty() ? advice_of_surplus(given, axes) : advice;
}

std::string advice_for_labels(const Shape& given, const LogitsAxes& axes) {
  return given == axes.shape() ? "; --probs takes a one-hot matrix" : advice_for_rows(given, axes);
}

std::string advice_for_grad(const Shape& given, const LogitsAxes& axes) {
  return advice_of_order(given, axes.shape());
}

std::string advice_for_probs(const Shape& given, const LogitsAxes& axes) {
  return given == axes.row_shape() ? "; --labels takes labels of this shape"
                                   : advice_for_grad(given, axes);
}

std::string advice_for_csr(std::ptrdiff_t rows, const LogitsAxes& axes) {
  return advice_of_axes(class_axes(axes, [&](const Shape& others) {
    return tensors::product(1, others) == static_cast<std::size_t>(rows);
  }));
}

std::string advice_for_range(const AnyProblem& problem) {
  if (problem.options.ignore_index) return "";
  const std::ptrdiff_t classes = problem.logits.cols();
  OutOfRange found;
  if (const auto* labels = std::get_if<Labels<std::int64_t>>(&problem.targets))
    found = out_of_range(*labels, classes);
  else if (const auto* labels32 = std::get_if<Labels<std::int32_t>>(&problem.targets))
    found = out_of_range(*labels32, classes);
  const bool stands_for_no_class = found.label < 0 || found.label == 255;
  if (found.rows == 0 || !found.alike || !stands_for_no_class) return "";
  return fmt::format("; --ignore-index {} would leave out the {} row{} of this label", found.label,
                     found.rows, found.rows == 1 ? "" : "s");
}

}  // namespace xent::cli
