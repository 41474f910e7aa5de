// SPDX-License-Identifier: MIT
// Garbled .safetensors files: whatever the bytes are, they are read or refused, and do no harm.
#include <string>
#include <string_view>
#include <utility>

#include <rapidcheck.h>

#include "cases/safetensors.hpp"
#include "cases/safetensors_header.hpp"
#include "tests/expect.hpp"
#include "tests/npy_bytes.hpp"
#include "tests/safetensors_bytes.hpp"

namespace {

using xent::FileError;
using namespace xent::cases;
using namespace xent::tests;

constexpr std::string_view two =
    R"({"a":{"dtype":"F64","shape":[2,1],"data_offsets":[4,20]},"x":{"dtype":"F32","shape":[1],)"
    R"("data_offsets":[0,4]},"__metadata__":{"format":"pt"}} )";

/// Reads a tensor that the file has room for, or finds a fault that names the file, in one line.
bool reads_or_faults(const std::string& path, std::size_t file_size) {
  try {
    const Tensor tensor = read_safetensors(path, "x");
    return product(size_of(tensor.element()), tensor.shape).value() <= file_size &&
           tensor.size() == product(1, tensor.shape);
  } catch (const FileError& fault) {
    const std::string_view message = fault.what();
    return message.starts_with(path + ": ") && message.find('\n') == std::string_view::npos;
  }
}

bool garbled_bytes_do_no_harm(const std::string& path, const std::string& valid) {
  return rc::check("garbled bytes are read or refused", [&] {
    std::string bytes = valid;
    for (int k = *rc::gen::inRange(1, 6); k > 0; --k)
      bytes[*rc::gen::inRange<std::size_t>(0, bytes.size())] = *rc::gen::oneOf(
          rc::gen::arbitrary<char>(), rc::gen::elementOf(std::string("[]{}\",:-0e")));
    bytes.resize(bytes.size() - *rc::gen::inRange<std::size_t>(0, 3));
    write_bytes(path, bytes);
    RC_ASSERT(reads_or_faults(path, bytes.size()));
  });
}

void every_flipped_bit_does_no_harm(const std::string& path, std::string bytes) {
  for (char& byte : bytes)
    for (int bit = 0; bit < 8; ++bit) {
      const char kept = std::exchange(byte, static_cast<char>(byte ^ (1 << bit)));
      write_bytes(path, bytes);
      byte = kept;
      expect(reads_or_faults(path, bytes.size()), "a flipped bit is read or refused");
    }
}

/// Each byte of the header becomes each other byte; InvalidSafetensorsHeader is the only exception.
void every_changed_byte_does_no_harm(std::string header) {
  int parsed = 0, refused = 0;
  for (char& byte : header)
    for (int value = 0; value < 256; ++value) {
      const char kept = std::exchange(byte, static_cast<char>(value));
      try {
        auto tensors = parse_safetensors_header(header);
        check_layout(tensors, 20);
        ++parsed;
      } catch (const InvalidSafetensorsHeader&) {
        ++refused;
      }
      byte = kept;
    }
  expect(parsed > 256 && refused > parsed, "most changes are refused, some are harmless");
}

void every_truncation_is_refused(const std::string& path, const std::string& valid) {
  for (std::size_t length = 0; length < valid.size(); ++length) {
    write_bytes(path, std::string_view(valid).substr(0, length));
    expect_fault<FileError>([&] { read_safetensors(path, "x"); }, path + ": ");
  }
}

}  // namespace

int main() {
  const Folder folder;
  const std::string path = folder.path + "/x.safetensors";
  const std::string valid = safetensors(two, "abcdefghijklmnopqrst");
  write_bytes(path, valid);
  expect(read_safetensors(path, "x").as<float>().size() == 1, "ungarbled, it is read");
  every_truncation_is_refused(path, valid);
  every_flipped_bit_does_no_harm(path, safetensors(one_F32, "abcd"));
  every_changed_byte_does_no_harm(std::string(two));
  expect(garbled_bytes_do_no_harm(path, valid), "garbled bytes do no harm");
  return exit_code();
}
