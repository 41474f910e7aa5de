// SPDX-License-Identifier: MIT
#include "tensors/npz/inflated.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <new>
#include <utility>

#include <fmt/format.h>
#include <zlib.h>

namespace xent::tensors {
namespace {

/// As many as zlib takes at a time.
std::size_t most_of(std::size_t bytes) {
  return std::min<std::size_t>(bytes, std::numeric_limits<::uInt>::max());
}

}  // namespace

void Inflated::End::operator()(z_stream_s* stream) const {
  (void)::inflateEnd(stream);
  delete stream;
}

Inflated::Inflated(std::span<const std::byte> data, std::shared_ptr<const void> owner,
                   std::uint64_t size, std::uint32_t crc)
    : data_(data),
      rest_(data),
      owner_(std::move(owner)),
      size_(size),
      crc_(crc),
      stream_(begin()) {}

Inflated::Stream Inflated::begin() {
  auto stream = std::make_unique<z_stream_s>();
  constexpr int without_head = -MAX_WBITS;
  if (::inflateInit2(stream.get(), without_head) != Z_OK) throw std::bad_alloc();
  return Stream(stream.release());
}

std::size_t Inflated::fill(z_stream_s& stream, std::span<const std::byte>& packed,
                           std::span<std::byte> to) {
  std::size_t filled = 0;
  int answer = Z_OK;
  while (filled < to.size() && answer == Z_OK) {
    const std::size_t in = most_of(packed.size());
    const std::size_t out = most_of(to.size() - filled);
    stream.next_in = reinterpret_cast<::Bytef*>(const_cast<std::byte*>(packed.data()));
    stream.avail_in = static_cast<::uInt>(in);
    stream.next_out = reinterpret_cast<::Bytef*>(to.data() + filled);
    stream.avail_out = static_cast<::uInt>(out);
    answer = ::inflate(&stream, Z_NO_FLUSH);
    packed = packed.subspan(in - stream.avail_in);
    filled += out - stream.avail_out;
  }
  if (answer == Z_MEM_ERROR) throw std::bad_alloc();
  if (answer == Z_BUF_ERROR) throw InvalidStream("its compressed data are cut off");
  if (answer != Z_OK && answer != Z_STREAM_END)
    throw InvalidStream("its compressed data are damaged");
  return filled;
}

void Inflated::read(std::span<std::byte> to) {
  if (fill(*stream_, rest_, to) != to.size())
    throw InvalidStream(fmt::format("it holds less than the {} bytes that it is said to", size_));
}

void Inflated::confirm() {
  const Stream stream = begin();
  std::span<const std::byte> rest = data_;
  std::array<std::byte, 1U << 14U> part;
  std::uint64_t size = 0;
  ::uLong crc = 0;
  for (std::size_t filled = part.size(); filled == part.size();) {
    filled = fill(*stream, rest, part);
    size += filled;
    crc = ::crc32_z(crc, reinterpret_cast<const ::Bytef*>(part.data()), filled);
    if (size > size_)
      throw InvalidStream(fmt::format("it holds more than the {} bytes that it is said to", size_));
  }
  if (size < size_)
    throw InvalidStream(
        fmt::format("it holds {} bytes, not the {} that it is said to", size, size_));
  if (!rest.empty())
    throw InvalidStream(fmt::format("its compressed data end {} bytes early", rest.size()));
  if (crc != crc_) throw InvalidStream(std::string(wrong_checksum));
}

}  // namespace xent::tensors
