// SPDX-License-Identifier: MIT
// Layout by greedy line breaking.

#include "cli/layout.hpp"

#include <algorithm>
#include <cstdlib>

#include <fmt/format.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "cli/options/ranges.hpp"

namespace xent::cli {

std::optional<std::size_t> told_width() {
  constexpr std::size_t least = 20;
  const char* const told = std::getenv("COLUMNS");
  std::size_t columns = 0;
  if (told != nullptr && is_number(told, columns) && columns >= least) return columns;
  winsize size{};
  if (::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col >= least) return size.ws_col;
  return std::nullopt;
}

std::size_t columns_of(std::string_view text) {
  const auto begins_one = [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; };
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), begins_one));
}

std::vector<std::string> wrapped(std::string_view text, std::size_t width, std::size_t hang) {
  std::vector<std::string> lines = {""};
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(' '), text.size());
    const std::string_view word = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (word.empty()) continue;
    std::string& line = lines.back();
    if (line.empty())
      line = word;
    else if (columns_of(line) + 1 + columns_of(word) <= width - (lines.size() > 1 ? hang : 0))
      line.append(" ").append(word);
    else
      lines.emplace_back(word);
  }
  return lines;
}

std::string fitted(std::string_view text, std::size_t width) {
  std::string out;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (columns_of(line) <= width || line.find("repeat: ") != std::string_view::npos) {
      out.append(line).append("\n");
      continue;
    }
    std::string indent(std::min(line.find_first_not_of(' '), width / 2), ' ');
    const std::string deeper(2, ' ');
    bool first = true;
    for (const std::string& part : wrapped(line, width - indent.size(), deeper.size())) {
      out.append(indent).append(first ? "" : deeper).append(part).append("\n");
      first = false;
    }
  }
  return out;
}

void say(std::string_view text) {
  const auto width = told_width();
  fmt::print("{}", width ? fitted(text, *width) : std::string(text));
}

}  // namespace xent::cli
