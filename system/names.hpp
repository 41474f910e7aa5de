// SPDX-License-Identifier: MIT
// Names of any bytes, as the system has them, in text: in messages, in documents, in commands.
#pragma once

#include <string>
#include <string_view>

namespace xent::system {

/// The word as a shell takes it (bash, zsh, ksh, or sh of POSIX.1-2024), always printable UTF-8:
/// itself where no character is special; in '...' where all are printable; and else as $'...', in
/// which \ooo is a byte in octal. Different words give different text.
std::string shell_word(std::string_view word);

/// The name itself where it is printable UTF-8 and does not begin with $'; else, as shell_word
/// gives it, $'...': so names and their texts are one to one, and the text tells which bytes are
/// meant.
std::string name_text(std::string_view name);

}  // namespace xent::system
