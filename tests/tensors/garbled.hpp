// SPDX-License-Identifier: MIT
// Garbled files: whatever the bytes are, a reader reads them or refuses them, and does no harm.
#pragma once

#include <algorithm>
#include <cstddef>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "system/output_file.hpp"
#include "tensors/tensor.hpp"
#include "tests/support/expect_fault.hpp"
#include "tests/support/npy_bytes.hpp"

namespace xent::tests {

/// Reads the file of that path; throws FileError where it is at fault.
using Reader = std::function<tensors::Tensor(const std::string& path)>;

/// Whether the tensor has as many elements as its shape says, all of them in the file's bytes, with
/// the bytes of each in one order or the other.
inline bool is_in(std::string_view bytes, const tensors::Tensor& tensor) {
  const auto elements =
      std::visit([](const auto& typed) { return std::as_bytes(typed); }, tensor.data);
  const std::string text(reinterpret_cast<const char*>(elements.data()), elements.size());
  std::string swapped = text;
  const auto unit = static_cast<std::ptrdiff_t>(tensors::size_of(tensor.element()));
  for (auto at = swapped.begin(); at != swapped.end(); at += unit) std::reverse(at, at + unit);
  return tensor.size() == tensors::product(1, tensor.shape) &&
         (bytes.find(text) != std::string_view::npos ||
          bytes.find(swapped) != std::string_view::npos);
}

/// Reads a tensor of the file, or finds a fault that names the file, in one line; anything else
/// passes through.
inline bool reads_or_faults(const Reader& read, const std::string& path, const std::string& bytes) {
  write_bytes(path, bytes);
  try {
    return is_in(bytes, read(path));
  } catch (const FileError& fault) {
    const std::string_view message = fault.what();
    return message.starts_with(path + ": ") && message.find('\n') == std::string_view::npos;
  }
}

/// A few bytes become others of `garbage`, a few are cut off.
/// A property: RapidCheck draws the changes.
inline void garbled_bytes_do_no_harm(const Reader& read, const std::string& path,
                                     const std::string& valid, const rc::Gen<char>& garbage) {
  std::string bytes = valid;
  for (int k = *rc::gen::inRange(1, 6); k > 0; --k)
    bytes[*rc::gen::inRange<std::size_t>(0, bytes.size())] = *garbage;
  bytes.resize(bytes.size() - *rc::gen::inRange<std::size_t>(0, 3));
  RC_ASSERT(reads_or_faults(read, path, bytes));
}

inline void every_flipped_bit_does_no_harm(const Reader& read, const std::string& path,
                                           std::string bytes) {
  for (char& byte : bytes)
    for (int bit = 0; bit < 8; ++bit) {
      const char kept = std::exchange(byte, static_cast<char>(byte ^ (1 << bit)));
      EXPECT_TRUE(reads_or_faults(read, path, bytes)) << "a flipped bit is read or refused";
      byte = kept;
    }
}

inline void every_truncation_is_refused(const Reader& read, const std::string& path,
                                        const std::string& valid) {
  for (std::size_t length = 0; length < valid.size(); ++length) {
    write_bytes(path, std::string_view(valid).substr(0, length));
    expect_fault<FileError>([&] { read(path); }, path + ": ");
  }
}

/// Each byte of the header becomes each other byte. `parses` says whether the header is a good one;
/// Invalid, which stands for no, is the only exception.
template <class Invalid>
void every_changed_byte_does_no_harm(std::string header,
                                     const std::function<bool(const std::string&)>& parses) {
  int parsed = 0, refused = 0;
  for (char& byte : header)
    for (int value = 0; value < 256; ++value) {
      const char kept = std::exchange(byte, static_cast<char>(value));
      try {
        ++(parses(header) ? parsed : refused);
      } catch (const Invalid&) {
        ++refused;
      }
      byte = kept;
    }
  EXPECT_TRUE(parsed > 256 && refused > parsed) << "most changes are refused, some are harmless";
}

}  // namespace xent::tests
