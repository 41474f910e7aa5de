// SPDX-License-Identifier: MIT
// Temporary: a new file of an unpredictable name, which no signal leaves behind.
#pragma once

#include <string>

#include <sys/types.h>

namespace xent::system {

class Temporary {
 public:
  /// Makes ".xent-XXXXXXXXXXXXXXXX.part" in the folder, with that mode less the umask; no file is
  /// opened that was there before (O_EXCL). Throws std::system_error.
  Temporary(const std::string& folder, ::mode_t mode);
  /// Removes it, unless it was renamed.
  ~Temporary();
  Temporary(const Temporary&) = delete;
  Temporary& operator=(const Temporary&) = delete;

  /// Gives up the descriptor, for writing, which the caller closes.
  int take_descriptor();
  /// It is no longer temporary, and has that name; what had it before is gone. Throws
  /// std::system_error.
  void rename(const std::string& name);

 private:
  std::string name_;  // its characters stay in place while it is listed
  int descriptor_ = -1;
  int slot_ = -1;
};

/// Removes all that there are. Async-signal-safe.
void remove_temporaries() noexcept;

}  // namespace xent::system
