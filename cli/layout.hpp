// SPDX-License-Identifier: MIT
// Layout: text for people in the width of their terminal. Words are never broken.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace xent::cli {

/// Rows of more classes are too long to be read.
inline constexpr std::ptrdiff_t most_shown_classes = 8;

/// The columns of what standard output goes to: what COLUMNS says, if it is an integer from 20 on;
/// else the width of the terminal; nothing for a file or a pipe.
std::optional<std::size_t> told_width();

/// The columns that UTF-8 text takes: its characters.
std::size_t columns_of(std::string_view text);

/// The text in lines of at most `width` columns, those after the first of `hang` fewer, split at
/// spaces; a word that is longer has a line of its own. At least one line.
std::vector<std::string> wrapped(std::string_view text, std::size_t width, std::size_t hang = 0);

/// The lines of the text, those that are too long continued two columns deeper than they began. A
/// line that holds a command to be pasted (after "repeat: ") is left as it is.
std::string fitted(std::string_view text, std::size_t width);

/// Prints the text to standard output, fitted to its width; into a file or a pipe as it is.
void say(std::string_view text);

}  // namespace xent::cli
