// SPDX-License-Identifier: MIT
// OutputFile: a file that appears whole or not at all.
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

/// A file that cannot be read or written as asked; the message is "PATH: fault", in one printable
/// line (see system/names.hpp).
struct FileError : std::runtime_error {
  FileError(const std::string& path, const std::string& fault);
};

/// Writes to a temporary file beside the one that `path` names; commit() gives it that name.
/// Without a commit the temporary is removed, also by the signals that end the program, and `path`
/// is as it was. Symbolic links stay: what they lead to is written, though nothing be there yet. A
/// new file has the mode that the umask leaves of 0666; one that replaces another has its mode and,
/// as far as the system allows, its owner. What exists and is no regular file (a terminal, a pipe,
/// a device) is written in place. Every fault is a FileError that names `path`.
class OutputFile {
 public:
  /// Fails where the file could not be written in the end: a folder, a folder that is missing or
  /// closed to new files, a file that is write-protected.
  explicit OutputFile(std::string path);
  OutputFile(OutputFile&&) noexcept;
  ~OutputFile();

  void write(const void* data, std::size_t bytes);
  void write(std::string_view text) { write(text.data(), text.size()); }

  /// All is on the disk, and nothing more can be written. What can fail has failed by then.
  void finish();
  /// Finishes it; the file appears.
  void commit();
  /// Finishes all, then lets all appear, by renames directly one after the other: no file does
  /// where one cannot be finished. Where one cannot be renamed, those before it are taken back:
  /// what each replaced has a second name until the last has appeared (on a file system without
  /// hard links it has none, and the new file stays). No signal comes between, and SIGKILL to this
  /// program does not either, because another process renames; where there can be none, SIGKILL
  /// may, as a loss of power may: then some files are new and some as before, each whole. What is
  /// written in place is never taken back.
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
  std::string target_;                            // what `path_` leads to; "": written in place
  std::unique_ptr<system::Temporary> temporary_;  // nullptr where written in place
  std::unique_ptr<system::Temporary> replaced_;   // second name of what is replaced, or nullptr
  bool new_ = false;                              // nothing is replaced
  std::unique_ptr<std::FILE, Close> file_;        // nullptr when finished
};

}  // namespace xent
