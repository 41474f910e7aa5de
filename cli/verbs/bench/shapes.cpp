// SPDX-License-Identifier: MIT
// Shapes of the command line.

#include "cli/verbs/bench/shapes.hpp"

#include <algorithm>
#include <charconv>
#include <limits>
#include <span>
#include <string_view>

#include <fmt/format.h>

#include "cli/options/patterns.hpp"
#include "cli/options/select.hpp"
#include "cli/verb.hpp"

namespace xent::cli {
namespace {

/// The number in those digits; 0 where they are none, or too many.
std::ptrdiff_t number_of(std::string_view digits) {
  std::ptrdiff_t number = 0;
  const char* end = digits.data() + digits.size();
  const auto [rest, fault] = std::from_chars(digits.data(), end, number);
  return fault == std::errc() && rest == end && number > 0 ? number : 0;
}

/// The numbers between x's; 0 for what is none.
std::vector<std::ptrdiff_t> axes_of(std::string_view text) {
  std::vector<std::ptrdiff_t> axes;
  for (std::size_t x = 0; x != std::string_view::npos;) {
    x = text.find('x');
    axes.push_back(number_of(text.substr(0, x)));
    if (x != std::string_view::npos) text.remove_prefix(x + 1);
  }
  return axes;
}

/// The product of positive numbers, the largest number where it is more.
std::ptrdiff_t product_of(std::ptrdiff_t first, std::span<const std::ptrdiff_t> others) {
  constexpr std::ptrdiff_t most = std::numeric_limits<std::ptrdiff_t>::max();
  std::ptrdiff_t product = first;
  for (const std::ptrdiff_t one : others) product = product > most / one ? most : product * one;
  return product;
}

void set_layout(const std::string& layout, bench::Shape& shape) {
  if (!layout.empty()) shape.layout = the_layout(layout);
  if (shape.layout == bench::Layout::class_axis_1 && shape.inner == 1)
    throw UsageError(
        fmt::format("--layout class-axis-1 needs an axis behind the classes, as in "
                    "--shapes 4x21x512x512; {} has none",
                    to_string(shape)));
}

}  // namespace

std::vector<bench::Shape> shapes_of(const std::string& list, const std::string& layout) {
  std::vector<bench::Shape> all;
  for (const std::string& text : split(list)) {
    const std::vector<std::ptrdiff_t> axes = axes_of(text);
    if (axes.size() < 2 || std::ranges::count(axes, 0) != 0)
      throw UsageError(fmt::format("'{}' is no shape NxC, or NxCxD, of --shapes", text));
    const auto behind = std::span(axes).subspan(2);
    bench::Shape shape{.rows = product_of(axes[0], behind), .classes = axes[1]};
    shape.inner = product_of(1, behind);
    if (shape.inner > 1) shape.layout = bench::Layout::class_axis_1;
    set_layout(layout, shape);
    all.push_back(shape);
  }
  return all;
}

bench::Shape shape_of(std::ptrdiff_t rows, std::ptrdiff_t classes, const std::string& layout) {
  bench::Shape shape{.rows = rows, .classes = classes};
  set_layout(layout, shape);
  return shape;
}

}  // namespace xent::cli
