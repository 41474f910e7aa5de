// SPDX-License-Identifier: MIT
// Garbled .safetensors files: whatever the bytes are, they are read or refused, and do no harm.
#include <string>
#include <string_view>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "tensors/safetensors/safetensors.hpp"
#include "tensors/safetensors/safetensors_header.hpp"
#include "tests/support/npy_bytes.hpp"
#include "tests/tensors/garbled.hpp"
#include "tests/tensors/safetensors/safetensors_bytes.hpp"

namespace {

constexpr std::string_view two =
    R"({"a":{"dtype":"F64","shape":[2,1],"data_offsets":[4,20]},"x":{"dtype":"F32","shape":[1],)"
    R"("data_offsets":[0,4]},"__metadata__":{"format":"pt"}} )";

using namespace xent::tests;
using namespace xent::tensors;

const Reader read = [](const std::string& file) { return read_safetensors(file, "x"); };

TEST(SafetensorsGarbled, EachChangeIsReadOrRefused) {
  const Folder folder;
  const std::string path = folder.path + "/x.safetensors";
  const std::string valid = safetensors(two, "abcdefghijklmnopqrst");
  write_bytes(path, valid);
  EXPECT_EQ(read(path).as<float>().size(), 1) << "ungarbled, it is read";
  every_truncation_is_refused(read, path, valid);
  every_flipped_bit_does_no_harm(read, path, safetensors(one_F32, "abcd"));
  every_changed_byte_does_no_harm<InvalidSafetensorsHeader>(
      std::string(two), [](const std::string& header) {
        auto tensors = parse_safetensors_header(header);
        check_layout(tensors, 20);
        return true;
      });
}

RC_GTEST_PROP(SafetensorsGarbled, BytesDoNoHarm, ()) {
  const Folder folder;
  const std::string path = folder.path + "/x.safetensors";
  const auto any_byte =
      rc::gen::oneOf(rc::gen::arbitrary<char>(), rc::gen::elementOf(std::string("[]{}\",:-0e")));
  garbled_bytes_do_no_harm(read, path, safetensors(two, "abcdefghijklmnopqrst"), any_byte);
}

}  // namespace
