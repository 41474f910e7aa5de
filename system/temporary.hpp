// SPDX-License-Identifier: MIT
// Temporary: an unpredictable name of a file, which no signal leaves behind.
#pragma once

#include <memory>
#include <string>

#include <sys/types.h>

namespace xent::system {

class Temporary {
 public:
  /// Makes ".xent-XXXXXXXXXXXXXXXX.part" in the folder, with that mode less the umask; no file is
  /// opened that was there before (O_EXCL). Throws std::system_error.
  Temporary(const std::string& folder, ::mode_t mode);
  /// A second name, in the same folder, of the file that is there (a hard link): what that file
  /// holds stays until the second name is removed, whatever becomes of the first. Throws
  /// std::system_error: ENOENT where no file is there, others where the file system has no such
  /// links.
  static std::unique_ptr<Temporary> second_name(const std::string& path);
  /// Removes it, unless it was renamed.
  ~Temporary();
  Temporary(const Temporary&) = delete;
  Temporary& operator=(const Temporary&) = delete;

  /// Gives up the descriptor, for writing, which the caller closes.
  int take_descriptor();
  /// Stays the same until it is renamed.
  const std::string& name() const { return name_; }
  /// It is no longer temporary, and has that name; what had it before is gone. Throws
  /// std::system_error.
  void rename(const std::string& name);
  /// The same has been done by other means.
  void renamed();

 private:
  Temporary() = default;
  /// Tries new names in the folder until `make(name)` is not -1, and lists the one.
  template <class Make>
  void name(const std::string& folder, Make make);

  std::string name_;  // its characters stay in place while it is listed
  int descriptor_ = -1;
  int slot_ = -1;
};

/// Removes all that there are. Async-signal-safe.
void remove_temporaries() noexcept;

}  // namespace xent::system
