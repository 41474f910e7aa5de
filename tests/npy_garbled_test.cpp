// SPDX-License-Identifier: MIT
// Garbled .npy files: whatever the bytes are, they are read or refused, and do no harm.
#include <string>
#include <string_view>
#include <utility>

#include <rapidcheck.h>

#include "cases/npy.hpp"
#include "cases/npy_header.hpp"
#include "tests/expect.hpp"
#include "tests/npy_bytes.hpp"

namespace {

using xent::FileError;
using namespace xent::cases;
using namespace xent::tests;

/// Reads, or finds a fault that names the file; anything else passes through.
bool reads_or_faults(const std::string& path) {
  try {
    read_npy(path);
  } catch (const FileError& fault) {
    return std::string_view(fault.what()).starts_with(path + ": ");
  }
  return true;
}

bool garbled_bytes_do_no_harm(const std::string& path, const std::string& valid) {
  return rc::check("garbled bytes are read or refused", [&] {
    std::string bytes = valid;
    for (int k = *rc::gen::inRange(1, 6); k > 0; --k)
      bytes[*rc::gen::inRange<std::size_t>(0, bytes.size())] = *rc::gen::arbitrary<char>();
    bytes.resize(bytes.size() - *rc::gen::inRange<std::size_t>(0, 3));
    write_bytes(path, bytes);
    RC_ASSERT(reads_or_faults(path));
  });
}

void every_flipped_bit_does_no_harm(const std::string& path, std::string bytes) {
  for (char& byte : bytes)
    for (int bit = 0; bit < 8; ++bit) {
      const char kept = std::exchange(byte, static_cast<char>(byte ^ (1 << bit)));
      write_bytes(path, bytes);
      byte = kept;
      expect(reads_or_faults(path), "a flipped bit is read or refused");
    }
}

/// Each byte of the header becomes each other byte; InvalidNpyHeader is the only exception.
void every_changed_byte_does_no_harm(std::string header) {
  int parsed = 0, refused = 0;
  for (char& byte : header)
    for (int value = 0; value < 256; ++value) {
      const char kept = std::exchange(byte, static_cast<char>(value));
      try {
        ++(parse_npy_header(header).shape.size() == 1 ? parsed : refused);
      } catch (const InvalidNpyHeader&) {
        ++refused;
      }
      byte = kept;
    }
  expect(parsed > 256 && refused > parsed, "most changes are refused, some are harmless");
}

void every_truncation_is_refused(const std::string& path, const std::string& valid) {
  for (std::size_t length = 0; length < valid.size(); ++length) {
    write_bytes(path, std::string_view(valid).substr(0, length));
    expect_fault<FileError>([&] { read_npy(path); }, path + ": ");
  }
}

}  // namespace

int main() {
  const Folder folder;
  const std::string path = folder.path + "/x.npy";
  const std::ptrdiff_t shape[] = {2, 3};
  const float data[] = {1, 2, 3, 4, 5, 6};
  write_npy<float>(path, shape, data);
  const std::string valid = read_bytes(path);
  every_truncation_is_refused(path, valid);
  every_flipped_bit_does_no_harm(path, npy(one_f4, "abcd"));
  every_changed_byte_does_no_harm(std::string(one_f4));
  expect(garbled_bytes_do_no_harm(path, valid), "garbled bytes do no harm");
  expect(garbled_bytes_do_no_harm(path, npy(one_f4, "abcd", 2)), "garbled bytes do no harm");
  return exit_code();
}
