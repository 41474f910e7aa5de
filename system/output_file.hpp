// SPDX-License-Identifier: MIT
// An OutputFile is a file that appears whole or not at all.
#pragma once

#include <cstddef>
#include <cstdio>
#include <memory>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>

namespace xent {

namespace system {
class Temporary;
}

/// Thrown for a file that cannot be read or written as asked. The message is "PATH: fault", in one
/// printable line (system/names.hpp).
struct FileError : std::runtime_error {
  FileError(const std::string& path, const std::string& fault);
};

/// Writes to a temporary file beside the one that `path` names; commit() gives it that name.
/// Without a commit the temporary is removed, also by the signals that end the program, and `path`
/// is as it was. Symbolic links stay: the file that they lead to is written, even where it is not
/// there yet. A new file has the mode that the umask leaves of 0666; a file that replaces another
/// has the other's mode and, as far as the system allows, its owner. A terminal, a pipe or a device
/// is written in place. Every fault is a FileError that names `path`.
class OutputFile {
 public:
  /// Fails where commit() could not succeed: `path` is a folder, its folder is missing or takes no
  /// new files, or the file is write-protected.
  explicit OutputFile(std::string path);
  OutputFile(OutputFile&&) noexcept;
  ~OutputFile();

  void write(const void* data, std::size_t bytes);
  void write(std::string_view text) { write(text.data(), text.size()); }

  /// Brings all that was written to the disk; nothing more can be written then. A fault of the disk
  /// shows here and not later.
  void finish();
  /// Finishes the file and lets it appear.
  void commit();
  /// Finishes all files, then lets all appear, by renames directly one after the other. Where one
  /// cannot be finished, none appears. Where one cannot be renamed, those before it are taken back:
  /// each file that was replaced has a second name until the last has appeared (on a file system
  /// without hard links it has none, and the new file stays). No signal comes between the renames,
  /// nor does SIGKILL to this program, because another process renames. Where that process cannot
  /// be made, SIGKILL may come between, as a loss of power may: then some files are new and some as
  /// before, each whole. A file that is written in place is never taken back.
  static void commit(std::span<OutputFile> files);

 private:
  struct Close {
    void operator()(std::FILE* file) const { (void)std::fclose(file); }
  };

  void open_temporary();
  void open_in_place();
  void keep_replaced();
  void appear();
  static void appear(std::span<OutputFile* const> files);
  void disappear() noexcept;
  [[noreturn]] void fail(int error);

  std::string path_;
  std::string target_;                            // the file `path_` leads to; "" if in place
  std::unique_ptr<system::Temporary> temporary_;  // nullptr where written in place
  std::unique_ptr<system::Temporary> replaced_;   // second name of the old file, or nullptr
  bool new_ = false;                              // whether no file is replaced
  std::unique_ptr<std::FILE, Close> file_;        // nullptr when finished
};

}  // namespace xent
