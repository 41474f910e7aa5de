// SPDX-License-Identifier: MIT
// What must hold in a fuzzed run; the fuzzer keeps the input of a run that aborts.
#pragma once

#include <cstdio>
#include <cstdlib>
#include <string_view>

namespace xent::fuzz {

inline void require(bool holds, const char* what) {
  if (holds) return;
  (void)std::fprintf(stderr, "not so: %s\n", what);
  std::abort();
}

/// The message of a fault names the file, in one line.
inline void require_message(std::string_view message, std::string_view file) {
  require(message.starts_with(file) && message.substr(file.size()).starts_with(": "),
          "the fault names the file");
  require(message.find('\n') == std::string_view::npos, "the fault is one line");
}

}  // namespace xent::fuzz
