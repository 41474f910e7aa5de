// SPDX-License-Identifier: MIT
// Lists of names and patterns on the command line.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace xent::cli {

/// Whether `text` matches `pattern`, in any case of their letters: * stands for any run of
/// characters, ? for one.
bool matches(std::string_view pattern, std::string_view text);

/// The parts of a comma-separated list; of "", one that is "".
std::vector<std::string> split(std::string_view list);

}  // namespace xent::cli
