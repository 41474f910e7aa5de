// SPDX-License-Identifier: MIT
#include "tensors/input_file.hpp"

#include <algorithm>
#include <cassert>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <system_error>
#include <utility>

#include <sys/stat.h>
#include <sys/types.h>

#include "system/mapping.hpp"
#include "system/output_file.hpp"

namespace xent::tensors {

InputFile::InputFile(const std::string& path) : path_(path) {
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

InputFile::InputFile(std::string name, std::span<const std::byte> content)
    : InputFile(std::move(name), "", content, nullptr) {}

InputFile::InputFile(std::string path, std::string part, std::span<const std::byte> content,
                     std::shared_ptr<const void> owner)
    : path_(std::move(path)),
      part_(std::move(part)),
      content_(content),
      owner_(std::move(owner)),
      size_(content.size()),
      left_(content.size()) {}

InputFile::InputFile(std::string path, std::string part, std::unique_ptr<ByteStream> stream,
                     std::uintmax_t size)
    : path_(std::move(path)),
      part_(std::move(part)),
      stream_(std::move(stream)),
      size_(size),
      left_(size) {}

void InputFile::read(void* to, std::size_t bytes, std::string_view fault) try {
  if (bytes > left_) fail(fault);
  if (stream_ != nullptr) {
    stream_->read({static_cast<std::byte*>(to), bytes});
  } else if (file_ == nullptr) {
    std::copy_n(content_.data() + (size_ - left_), bytes, static_cast<std::byte*>(to));
  } else if (bytes != 0 && std::fread(to, 1, bytes, file_.get()) != bytes) {
    fail(std::ferror(file_.get()) != 0 ? "cannot be read" : fault);
  }
  left_ -= bytes;
} catch (const InvalidStream& fault_of_stream) {
  fail(fault_of_stream.what());
}

void InputFile::skip(std::uintmax_t bytes) {
  assert(bytes <= left_ && stream_ == nullptr);
  if (file_ != nullptr && ::fseeko(file_.get(), static_cast<::off_t>(bytes), SEEK_CUR) != 0)
    fail("cannot be read");
  left_ -= bytes;
}

std::shared_ptr<const std::byte> InputFile::map(std::uintmax_t bytes) {
  assert(bytes <= left_);
  confirm();
  if (bytes == 0) return nullptr;
  if (file_ != nullptr) return map_file(bytes);
  if (stream_ != nullptr) {
    const std::shared_ptr<std::byte[]> memory(new std::byte[bytes]);
    read(memory.get(), bytes, "");
    return {memory, memory.get()};
  }
  const std::byte* const begin = content_.data() + (size_ - left_);
  skip(bytes);
  return {owner_, begin};
}

std::shared_ptr<const std::byte> InputFile::map_file(std::uintmax_t bytes) try {
  const std::uintmax_t before = size_ - left_;
  const auto mapping =
      std::make_shared<const system::Mapping>(::fileno(file_.get()), path_, before + bytes);
  skip(bytes);
  return {mapping, mapping->data() + before};
} catch (const std::system_error& error) {
  fail("cannot be mapped: " + error.code().message());
}

void InputFile::copy(void* to, std::uintmax_t bytes) {
  if (stream_ != nullptr) return read(to, bytes, "");
  const std::shared_ptr<const std::byte> mapped = map(bytes);
  std::copy_n(mapped.get(), bytes, static_cast<std::byte*>(to));
}

void InputFile::confirm() try {
  if (stream_ != nullptr) stream_->confirm();
} catch (const InvalidStream& fault) {
  fail(fault.what());
}

void InputFile::fail(std::string_view fault) const {
  throw FileError(path_, part_.empty() ? std::string(fault) : part_ + ": " + std::string(fault));
}

}  // namespace xent::tensors
