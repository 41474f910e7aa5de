// SPDX-License-Identifier: MIT
// What a plugin writes to standard output and standard error, where it must write nothing.
#pragma once

#include <string>

namespace xent::plugin {

/// Standard output and standard error of this process, from now on kept instead of shown.
class CapturedOutput {
 public:
  /// Throws std::system_error.
  CapturedOutput();

  /// Returns the first line that was written since the last time, "" where nothing was.
  std::string take() const;

 private:
  int file_;
};

}  // namespace xent::plugin
