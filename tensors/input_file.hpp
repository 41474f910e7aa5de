// SPDX-License-Identifier: MIT
// InputFile: a regular file, whose size bounds what its content may claim, or bytes in memory that
// stand for one.
#pragma once

#include <algorithm>
#include <cassert>
#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>

#include <sys/stat.h>
#include <sys/types.h>

#include "system/mapping.hpp"
#include "system/output_file.hpp"

namespace xent::tensors {

/// A regular file, read from its start to its end. Every fault is a FileError that names it.
class InputFile {
 public:
  explicit InputFile(const std::string& path) : path_(path) {
    std::error_code error;
    const auto status = std::filesystem::status(path, error);
    if (status.type() == std::filesystem::file_type::not_found) fail("no such file");
    if (error) fail("cannot be read: " + error.message());
    if (std::filesystem::is_directory(status)) fail("is a directory");
    if (!std::filesystem::is_regular_file(status))
      fail("is not a regular file; save the array to one first");
    file_.reset(std::fopen(path.c_str(), "rb"));
    if (file_ == nullptr) fail(std::string("cannot be read: ") + std::strerror(errno));
    struct ::stat opened {};
    if (::fstat(::fileno(file_.get()), &opened) != 0)
      fail(std::string("cannot be read: ") + std::strerror(errno));
    size_ = left_ = static_cast<std::uintmax_t>(opened.st_size);
  }

  /// Bytes in memory as the content of a file of that name. They outlive what map() gives.
  InputFile(std::string name, std::span<const std::byte> content)
      : path_(std::move(name)), content_(content), size_(content.size()), left_(content.size()) {}

  std::uintmax_t left() const { return left_; }

  /// The next bytes; `fault` where the file ends before.
  void read(void* to, std::size_t bytes, std::string_view fault) {
    if (bytes > left_) fail(fault);
    if (file_ == nullptr) {
      std::copy_n(content_.data() + (size_ - left_), bytes, static_cast<std::byte*>(to));
    } else if (bytes != 0 && std::fread(to, 1, bytes, file_.get()) != bytes) {
      fail(std::ferror(file_.get()) != 0 ? "cannot be read" : fault);
    }
    left_ -= bytes;
  }

  /// Passes over the next bytes, of which there are as many.
  void skip(std::uintmax_t bytes) {
    assert(bytes <= left_);
    if (file_ != nullptr && ::fseeko(file_.get(), static_cast<::off_t>(bytes), SEEK_CUR) != 0)
      fail("cannot be read");
    left_ -= bytes;
  }

  /// Passes over the next bytes, of which there are as many, and gives them as the file holds them:
  /// a read-only mapping, which goes with its last owner (see system::Mapping for a file that
  /// another program changes by then).
  std::shared_ptr<const std::byte> map(std::uintmax_t bytes) try {
    assert(bytes <= left_);
    if (bytes == 0) return nullptr;
    const std::uintmax_t before = size_ - left_;
    if (file_ == nullptr) {
      skip(bytes);
      return {content_.data() + before, [](const std::byte* /*bytes*/) {}};
    }
    const auto mapping =
        std::make_shared<const system::Mapping>(::fileno(file_.get()), path_, before + bytes);
    skip(bytes);
    return {mapping, mapping->data() + before};
  } catch (const std::system_error& error) {
    fail("cannot be mapped: " + error.code().message());
  }

  [[noreturn]] void fail(std::string_view fault) const {
    throw FileError(path_, std::string(fault));
  }

 private:
  struct Close {
    void operator()(std::FILE* file) const { (void)std::fclose(file); }
  };
  std::string path_;
  std::unique_ptr<std::FILE, Close> file_;  // null: the content is in memory
  std::span<const std::byte> content_;
  std::uintmax_t size_ = 0, left_ = 0;
};

}  // namespace xent::tensors
