// SPDX-License-Identifier: MIT
// Mapping: the bytes of a file in memory, and what is done where another program changes the file
// meanwhile.
#pragma once

#include <cstddef>
#include <string>

#include <sys/stat.h>

namespace xent::system {

/// The first bytes of an open file, read-only. The descriptor may be closed.
class Mapping {
 public:
  /// `bytes` is not 0. Throws std::system_error.
  Mapping(int descriptor, std::string path, std::size_t bytes);
  ~Mapping();
  Mapping(const Mapping&) = delete;
  Mapping& operator=(const Mapping&) = delete;

  const std::byte* data() const { return data_; }
  /// Whether the file has been shortened or written to since it was mapped.
  bool changed() const noexcept;
  const std::string& path() const { return path_; }

 private:
  std::string path_;
  std::string text_;  // of the path, printable; its characters stay in place while it is listed
  const std::byte* data_ = nullptr;
  std::size_t bytes_ = 0;
  int descriptor_ = -1;
  struct ::stat before_ {};
};

/// Throws FileError where a file has changed while it was mapped, be it mapped still or not.
void require_unchanged();

/// From now on a SIGBUS that comes of reading a mapping, because its file was shortened or its
/// medium fails, ends the program with exit code 2, without temporaries, and one line on standard
/// error: "WHERE: PATH: fault".
void answer_bus_errors(const std::string& where);

}  // namespace xent::system
