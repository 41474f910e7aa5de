// SPDX-License-Identifier: MIT
// Shapes of the command line.

#include "cli/verbs/bench/shapes.hpp"

#include <charconv>
#include <string_view>

#include <fmt/format.h>

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

}  // namespace

std::vector<bench::Shape> shapes_of(const std::string& list) {
  std::vector<bench::Shape> all;
  for (const std::string& text : split(list)) {
    const std::size_t x = text.find('x');
    const std::string_view rows = std::string_view(text).substr(0, x);
    const std::string_view classes =
        x == std::string::npos ? "" : std::string_view(text).substr(x + 1);
    const bench::Shape shape{number_of(rows), number_of(classes)};
    if (shape.first == 0 || shape.second == 0)
      throw UsageError(fmt::format("'{}' is no shape NxC of --shapes", text));
    all.push_back(shape);
  }
  return all;
}

}  // namespace xent::cli
