// SPDX-License-Identifier: MIT
// Cases have the bits that they always had: whatever is pinned by an id stays what it was.
#include <bit>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "cases/case.hpp"

namespace {

using namespace xent::cases;

/// FNV-1a over bytes, the least significant first.
class Hash {
 public:
  void add(std::uint64_t value, int bytes) {
    for (int k = 0; k < bytes; ++k) {
      hash_ ^= (value >> (8 * k)) & 0xff;
      hash_ *= 0x100000001b3;
    }
  }
  template <class T>
  void add(const std::vector<T>& values) {
    for (const T value : values) add(pattern(value), sizeof(T));
  }
  std::uint64_t value() const { return hash_; }

 private:
  template <class T>
  static std::uint64_t pattern(T value) {
    if constexpr (sizeof(T) == 2)
      return value.bits;
    else
      return std::bit_cast<std::conditional_t<sizeof(T) == 4, std::uint32_t, std::uint64_t>>(value);
  }

  std::uint64_t hash_ = 0xcbf29ce484222325;
};

/// Adds the bits of a case: its logits, then its labels or its probabilities, then its options.
template <class T>
void add_case(Hash& hash, std::string_view family_and_shape, std::string_view targets) {
  const Case<T> made = make_case<T>(parse_recipe(fmt::format(
      "{}/{}/{}/none/seed=7", to_string(xent::dtype_of<T>), family_and_shape, targets)));
  hash.add(made.logits);
  hash.add(made.labels);
  hash.add(made.probs);
  hash.add(made.csr.offsets);
  hash.add(made.csr.classes);
  hash.add(made.csr.probs);
  hash.add(made.weight);
  if (made.ignore_index) hash.add(static_cast<std::uint64_t>(*made.ignore_index), 8);
}

/// The hash of f32 and f64 together, and that of bf16 and f16.
struct Pinned {
  std::string_view what;
  std::uint64_t wide;
  std::uint64_t narrow;
};

void expect_pinned(const Pinned& pinned, std::uint64_t wide, std::uint64_t narrow) {
  EXPECT_TRUE(wide == pinned.wide && narrow == pinned.narrow)
      << fmt::format("{{\"{}\", {:#018x}, {:#018x}}} is {:#018x}, {:#018x}", pinned.what,
                     pinned.wide, pinned.narrow, wide, narrow);
}

template <class T, class U>
std::uint64_t hash_of_family(std::string_view family_and_shape) {
  Hash hash;
  for (const std::string_view targets : {"labels", "probs"})
    add_case<T>(hash, family_and_shape, targets);
  for (const std::string_view targets : {"labels", "probs"})
    add_case<U>(hash, family_and_shape, targets);
  return hash.value();
}

TEST(CaseBits, BitsAreThoseTheyWere) {
  constexpr Pinned all[] = {
      {"normal(3)/16x33", 0x402a34c0af062440, 0x111a7616c9028a3d},
      {"confident(20)/16x33", 0xcd5dd63c5337209d, 0x45fe679852e55136},
      {"deep_gap(85)/16x33", 0x90bae50da431e493, 0xcb36bd83ad27fc77},
      {"deep_tail(40)/16x33", 0xbd77b350f4c4bb1f, 0x1488f6ca2d2054c1},
      {"two_classes(80)/16x2", 0xe8327a484831ec1f, 0xb5eb28e14a2a9b2e},
      {"one_class(3)/16x1", 0x6f70a790a8e0c125, 0x47f7899a1c767bae},
      {"ties(3)/16x33", 0xa5378a685f99aec4, 0x718ee1de6cdf229a},
      {"all_equal(10)/16x33", 0x7b2a0dd5addddcd6, 0x8a3434436e4d5211},
      {"offset(12)/16x33", 0xfb7188d4b9b5fe20, 0x3aeae429b8bcca07},
      {"dyadic(16)/16x33", 0x04fe9d7af1bd6f35, 0xd9a0a5ca5e7f4912},
      {"heavy_tail(1000)/16x33", 0x9fb2550d91c29bec, 0x00c079c14825c602},
      {"masked(3)/16x33", 0x3dae0fa73f9d0423, 0x1ca99c14ca5b4ad5},
      {"special(3)/16x33", 0x7e1a59cc015574c2, 0xef94222359b9e12f},
      {"high(887)/16x33", 0x0851e52d98929f95, 0xe761ad6a95e85ea8},
      {"low(890)/16x33", 0x7de19e28ffe74521, 0x37988ce0dd2f87dc},
      {"opposite(10000)/16x33", 0x1ff94e2dde1e383f, 0xbb9632934c60507e},
      {"digits/16x10", 0x1f6aa51698bd8e42, 0xa0090e01cae69435},
      {"ocr_ctc/16x6625", 0x610841738f8a4da5, 0x83f0b1a2f66495a1},
      {"lm_gpt2bpe/8x50257", 0xb1608ac63f761cbd, 0x6d191adfa436858d},
      {"greedy_midpoint(10)/16x73", 0x377bedaf7fff41b2, 0xbab4981443386f53},
  };
  EXPECT_EQ(std::size(all), families().size()) << "every family is pinned";
  for (const Pinned& one : all)
    expect_pinned(one, hash_of_family<float, double>(one.what),
                  hash_of_family<xent::bf16, xent::f16>(one.what));
}

template <class T, class U>
std::uint64_t hash_of_targets(std::string_view targets) {
  Hash hash;
  for (const std::string_view shape : {"masked(3)/16x33", "normal(3)/16x1"}) {
    add_case<T>(hash, shape, targets);
    add_case<U>(hash, shape, targets);
  }
  return hash.value();
}

/// The forms and options that came later, of two families.
TEST(CaseBits, BitsOfOptionsAreThoseTheyWere) {
  constexpr Pinned all[] = {
      {"csr", 0x60f4e022c0e5fd15, 0x9cdb0aa0f210fe87},
      {"labels+weight", 0x1ae34408c4e4057d, 0xead618e237b29b6b},
      {"labels+ignore", 0x15c9c83ecdfa4965, 0x0acf225956540aa9},
      {"probs+weight+smoothing=0.1", 0x6b88de7b0343ad8b, 0x492c9d50466776c8},
      {"csr+weight+smoothing=0.1", 0xa9d407f3b5c11e42, 0x803a4a0b4ce1755f},
      {"labels+weight+ignore+smoothing=0.1", 0xbcad9aa184ac61da, 0xa334e798ae88dc21},
  };
  for (const Pinned& one : all)
    expect_pinned(one, hash_of_targets<float, double>(one.what),
                  hash_of_targets<xent::bf16, xent::f16>(one.what));
}

}  // namespace
