// SPDX-License-Identifier: MIT
// Garbled .npy files: whatever the bytes are, they are read or refused, and do no harm.
#include <string>

#include "cases/npy.hpp"
#include "cases/npy_header.hpp"
#include "tests/expect.hpp"
#include "tests/garbled.hpp"
#include "tests/npy_bytes.hpp"

int main() {
  using namespace xent::tests;
  using namespace xent::cases;
  const Folder folder;
  const std::string path = folder.path + "/x.npy";
  const Reader read = [](const std::string& file) { return read_npy(file); };
  const std::ptrdiff_t shape[] = {2, 3};
  const float data[] = {1, 2, 3, 4, 5, 6};
  write_npy<float>(path, shape, data);
  const std::string valid = read_bytes(path);
  every_truncation_is_refused(read, path, valid);
  every_flipped_bit_does_no_harm(read, path, npy(one_f4, "abcd"));
  every_changed_byte_does_no_harm<InvalidNpyHeader>(
      std::string(one_f4),
      [](const std::string& header) { return parse_npy_header(header, 1).shape.size() == 1; });
  const auto any_byte = rc::gen::arbitrary<char>();
  expect(garbled_bytes_do_no_harm(read, path, valid, any_byte), "garbled bytes do no harm");
  expect(garbled_bytes_do_no_harm(read, path, npy(one_f4, "abcd", 2), any_byte),
         "garbled bytes do no harm");
  return exit_code();
}
