// SPDX-License-Identifier: MIT
// Garbled .npy files: whatever the bytes are, they are read or refused, and do no harm.
#include <string>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "tensors/npy/npy.hpp"
#include "tensors/npy/npy_dictionary.hpp"
#include "tests/support/npy_bytes.hpp"
#include "tests/tensors/garbled.hpp"

namespace {

using namespace xent::tests;
using namespace xent::tensors;

const Reader read = [](const std::string& file) { return read_npy(file); };

std::string valid_file(const std::string& path) {
  const std::ptrdiff_t shape[] = {2, 3};
  const float data[] = {1, 2, 3, 4, 5, 6};
  write_npy<float>(path, shape, data);
  return read_bytes(path);
}

TEST(NpyGarbled, EachChangeIsReadOrRefused) {
  const Folder folder;
  const std::string path = folder.path + "/x.npy";
  every_truncation_is_refused(read, path, valid_file(path));
  every_flipped_bit_does_no_harm(read, path, npy(one_f4, "abcd"));
  every_changed_byte_does_no_harm<InvalidNpyDictionary>(
      std::string(one_f4),
      [](const std::string& header) { return parse_npy_dictionary(header, 1).shape.size() == 1; });
}

RC_GTEST_PROP(NpyGarbled, BytesDoNoHarm, ()) {
  const Folder folder;
  const std::string path = folder.path + "/x.npy";
  const std::string valid = *rc::gen::element(valid_file(path), npy(one_f4, "abcd", 2));
  garbled_bytes_do_no_harm(read, path, valid, rc::gen::arbitrary<char>());
}

}  // namespace
