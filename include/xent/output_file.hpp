// SPDX-License-Identifier: MIT
// OutputFile: a file that appears whole or not at all.
#pragma once

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <stdexcept>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>

#include <unistd.h>

namespace xent {

/// A file that cannot be read or written as asked; the message is "PATH: fault".
struct FileError : std::runtime_error {
  FileError(const std::string& path, const std::string& fault)
      : std::runtime_error(path + ": " + fault) {}
};

/// Writes to a temporary file beside `path`; commit() renames it to `path`. Without a commit the
/// temporary is removed and `path` is as it was. What exists and is no regular file (a terminal, a
/// pipe, a device) is written in place. Every fault is a FileError that names `path`.
class OutputFile {
 public:
  explicit OutputFile(std::string path) : path_(std::move(path)), written_(path_) {
    std::error_code none;
    const auto kind = std::filesystem::status(path_, none).type();
    if (kind == std::filesystem::file_type::directory) throw FileError(path_, "is a directory");
    in_place_ = kind != std::filesystem::file_type::not_found &&
                kind != std::filesystem::file_type::none &&
                kind != std::filesystem::file_type::regular;
    if (!in_place_) written_ += ".part" + std::to_string(::getpid());
    file_ = std::fopen(written_.c_str(), "wb");
    if (file_ == nullptr) fail();
  }
  OutputFile(const OutputFile&) = delete;
  OutputFile& operator=(const OutputFile&) = delete;
  ~OutputFile() { discard(); }

  void write(const void* data, std::size_t bytes) {
    if (bytes != 0 && std::fwrite(data, 1, bytes, file_) != bytes) fail();
  }
  void write(std::string_view text) { write(text.data(), text.size()); }

  void commit() {
    if (std::fflush(file_) != 0) fail();
    if (std::fclose(std::exchange(file_, nullptr)) != 0) fail();
    if (!in_place_ && std::rename(written_.c_str(), path_.c_str()) != 0) fail();
    committed_ = true;
  }

 private:
  [[noreturn]] void fail() {
    const std::string fault = std::strerror(errno);
    discard();
    throw FileError(path_, "cannot be written: " + fault);
  }
  void discard() noexcept {
    if (file_ != nullptr) (void)std::fclose(std::exchange(file_, nullptr));
    if (!in_place_ && !committed_) (void)std::remove(written_.c_str());
  }

  std::string path_;
  std::string written_;
  std::FILE* file_ = nullptr;
  bool in_place_ = false;
  bool committed_ = false;
};

}  // namespace xent
