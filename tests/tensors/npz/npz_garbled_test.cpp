// SPDX-License-Identifier: MIT
// Garbled .npz files: whatever the bytes are, they are read or refused, and do no harm. They lie in
// memory, because there are many.
#include <cstddef>
#include <span>
#include <string>
#include <string_view>

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "system/output_file.hpp"
#include "tensors/input_file.hpp"
#include "tensors/npz/npz.hpp"
#include "tests/support/npy_bytes.hpp"
#include "tests/tensors/npz/zip_bytes.hpp"

namespace {

using namespace xent::tests;
using namespace xent::tensors;

std::string archive(bool deflated, bool zip64) {
  return zip({{.name = "y", .content = npy(one_f4, "efgh"), .deflated = !deflated},
              {.content = npy(one_f4, "abcd"), .deflated = deflated, .zip64 = zip64}},
             {.zip64 = zip64, .comment = "PK"});
}

enum class Outcome { read, refused, harm };

/// Reads "x", whose elements a checksum covers: they are "abcd", whatever else is garbled, or those
/// of the other member, which may have got the name. A fault names the file, in one line.
Outcome outcome(const std::string& bytes) {
  try {
    InputFile file("f.npz", std::as_bytes(std::span(bytes)));
    const Tensor tensor = read_npz(file, "x");
    const auto elements =
        std::visit([](const auto& all) { return std::as_bytes(all); }, tensor.data);
    const std::string_view text(reinterpret_cast<const char*>(elements.data()), elements.size());
    return text == "abcd" || text == "efgh" ? Outcome::read : Outcome::harm;
  } catch (const xent::FileError& fault) {
    const std::string_view message = fault.what();
    const bool is_one_line = message.find('\n') == std::string_view::npos;
    return message.starts_with("f.npz: ") && is_one_line ? Outcome::refused : Outcome::harm;
  }
}

TEST(NpzGarbled, EachChangeIsReadOrRefused) {
  for (int ways = 0; ways < 4; ++ways) {
    const std::string valid = archive((ways & 1) != 0, (ways & 2) != 0);
    EXPECT_EQ(outcome(valid), Outcome::read) << "ungarbled, it is read";
    for (std::size_t length = 0; length < valid.size(); ++length)
      EXPECT_EQ(outcome(valid.substr(0, length)), Outcome::refused) << length << " bytes of it";
    std::string bytes = valid;
    for (std::size_t at = 0; at < bytes.size(); ++at)
      for (int bit = 0; bit < 8; ++bit) {
        bytes[at] = static_cast<char>(valid[at] ^ (1 << bit));
        EXPECT_NE(outcome(bytes), Outcome::harm) << fmt::format("bit {} of byte {}", bit, at);
        bytes[at] = valid[at];
      }
  }
}

RC_GTEST_PROP(NpzGarbled, BytesDoNoHarm, ()) {
  std::string bytes = archive(*rc::gen::arbitrary<bool>(), *rc::gen::arbitrary<bool>());
  for (int k = *rc::gen::inRange(1, 6); k > 0; --k)
    bytes[*rc::gen::inRange<std::size_t>(0, bytes.size())] = *rc::gen::arbitrary<char>();
  RC_ASSERT(outcome(bytes) != Outcome::harm);
}

}  // namespace
