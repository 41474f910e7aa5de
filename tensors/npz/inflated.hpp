// SPDX-License-Identifier: MIT
// Inflated: deflated data (RFC 1951) as a stream of what they stand for, by zlib.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>

#include "tensors/input_file.hpp"

struct z_stream_s;

namespace xent::tensors {

inline constexpr std::string_view wrong_checksum = "its checksum is wrong; the data are damaged";

/// Throws std::bad_alloc where zlib has no memory, which is less than 64 KiB.
class Inflated final : public ByteStream {
 public:
  /// The data are said to stand for `size` bytes with that CRC-32, and live as long as the owner.
  Inflated(std::span<const std::byte> data, std::shared_ptr<const void> owner, std::uint64_t size,
           std::uint32_t crc);

  void read(std::span<std::byte> to) override;

  /// Inflates all data once, into nothing, as far as `size`: the end of the data, their number and
  /// the checksum are those that are said. What is read afterwards is inflated again.
  void confirm() override;

 private:
  struct End {
    void operator()(z_stream_s* stream) const;
  };
  using Stream = std::unique_ptr<z_stream_s, End>;

  static Stream begin();
  /// Inflates into `to` what it has room for, from `packed`, which loses what it has given; returns
  /// how much it is: less where the data end. Throws InvalidStream.
  static std::size_t fill(z_stream_s& stream, std::span<const std::byte>& packed,
                          std::span<std::byte> to);

  std::span<const std::byte> data_, rest_;
  std::shared_ptr<const void> owner_;
  std::uint64_t size_;
  std::uint32_t crc_;
  Stream stream_;  // at rest_
};

}  // namespace xent::tensors
