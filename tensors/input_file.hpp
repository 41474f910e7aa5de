// SPDX-License-Identifier: MIT
// InputFile: a regular file, whose size bounds what its content may claim, or what stands for one:
// bytes in memory, or a part of a file.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <memory>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>

namespace xent::tensors {

/// Bytes that are not as they are said to be; the message is the fault.
struct InvalidStream : std::invalid_argument {
  using std::invalid_argument::invalid_argument;
};

/// Bytes that come one after the other, so many as somebody claims. Both throw InvalidStream.
class ByteStream {
 public:
  ByteStream() = default;
  ByteStream(const ByteStream&) = delete;
  ByteStream& operator=(const ByteStream&) = delete;
  virtual ~ByteStream() = default;

  /// Gives the next bytes.
  virtual void read(std::span<std::byte> to) = 0;
  /// Makes sure, in memory that does not depend on it, that there are as many as are claimed.
  virtual void confirm() = 0;
};

/// Content that is read from its start to its end. Every fault is a FileError that names it.
class InputFile {
 public:
  /// A regular file.
  explicit InputFile(const std::string& path);

  /// Bytes in memory as the content of a file of that name. They outlive what map() gives.
  InputFile(std::string name, std::span<const std::byte> content);

  /// A part of a file, which faults name as "PATH: PART: fault": bytes in memory that live as long
  /// as their owner does, or those of a stream that is claimed to have as many as `size`.
  InputFile(std::string path, std::string part, std::span<const std::byte> content,
            std::shared_ptr<const void> owner);
  InputFile(std::string path, std::string part, std::unique_ptr<ByteStream> stream,
            std::uintmax_t size);

  const std::string& path() const { return path_; }

  /// How many bytes are left to be read; those of a stream are a claim.
  std::uintmax_t left() const { return left_; }

  /// The next bytes; `fault` where the file ends before.
  void read(void* to, std::size_t bytes, std::string_view fault);

  /// Passes over the next bytes, of which there are as many, and which are no stream's.
  void skip(std::uintmax_t bytes);

  /// Passes over the next bytes, of which left() is as many, and gives them as the file holds them:
  /// a read-only mapping, which goes with its last owner (see system::Mapping for a file that
  /// another program changes by then). Those of a stream are in memory, at a multiple of any
  /// alignment, which is taken once it is confirmed that there are as many.
  std::shared_ptr<const std::byte> map(std::uintmax_t bytes);

  /// The same bytes, copied; confirm() comes first, before there is memory for them.
  void copy(void* to, std::uintmax_t bytes);

  /// Makes sure that there are as many bytes as left() claims.
  void confirm();

  [[noreturn]] void fail(std::string_view fault) const;

 private:
  struct Close {
    void operator()(std::FILE* file) const { (void)std::fclose(file); }
  };
  std::shared_ptr<const std::byte> map_file(std::uintmax_t bytes);

  std::string path_, part_;
  std::unique_ptr<std::FILE, Close> file_;  // of the three, one is the content
  std::unique_ptr<ByteStream> stream_;
  std::span<const std::byte> content_;
  std::shared_ptr<const void> owner_;  // of content_
  std::uintmax_t size_ = 0, left_ = 0;
};

}  // namespace xent::tensors
