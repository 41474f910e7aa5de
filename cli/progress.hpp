// SPDX-License-Identifier: MIT
// Progress: one line on standard error that is overwritten, where that is a terminal; else nothing.
#pragma once

#include <string_view>

namespace xent::cli {

class Progress {
 public:
  Progress();
  ~Progress() { clear(); }
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  /// Replaces the line, cut to the width of the terminal.
  void show(std::string_view text);
  void clear();

 private:
  bool terminal_;
  bool shown_ = false;
};

}  // namespace xent::cli
