// SPDX-License-Identifier: MIT
// Cases have the bits that they always had: whatever is pinned by an id stays what it was.
#include <bit>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "cases/case.hpp"
#include "tests/expect.hpp"

namespace {

using namespace xent::cases;
using xent::tests::expect;

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
    for (const T value : values)
      add(std::bit_cast<std::conditional_t<sizeof(T) == 4, std::uint32_t, std::uint64_t>>(value),
          sizeof(T));
  }
  std::uint64_t value() const { return hash_; }

 private:
  std::uint64_t hash_ = 0xcbf29ce484222325;
};

/// Adds the bits of a case: its logits, then its labels or its probabilities, then its options.
template <class T>
void add_case(Hash& hash, const std::string& family_and_shape, std::string_view targets) {
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

void bits_are_those_they_were() {
  const std::pair<std::string, std::uint64_t> pinned[] = {
      {"normal(3)/16x33", 0x402a34c0af062440},
      {"confident(20)/16x33", 0xcd5dd63c5337209d},
      {"deep_gap(85)/16x33", 0x90bae50da431e493},
      {"two_classes(80)/16x2", 0xe8327a484831ec1f},
      {"one_class(3)/16x1", 0x6f70a790a8e0c125},
      {"ties(3)/16x33", 0xa5378a685f99aec4},
      {"all_equal(10)/16x33", 0x7b2a0dd5addddcd6},
      {"offset(12)/16x33", 0xfb7188d4b9b5fe20},
      {"dyadic(16)/16x33", 0x04fe9d7af1bd6f35},
      {"heavy_tail(1000)/16x33", 0x9fb2550d91c29bec},
      {"masked(3)/16x33", 0x3dae0fa73f9d0423},
      {"special(3)/16x33", 0x7e1a59cc015574c2},
      {"digits/16x10", 0x1f6aa51698bd8e42},
      {"ocr_ctc/16x6625", 0x610841738f8a4da5},
      {"lm_gpt2bpe/8x50257", 0xb1608ac63f761cbd},
      {"greedy_midpoint(10)/16x73", 0x377bedaf7fff41b2},
  };
  expect(std::size(pinned) == families().size(), "every family is pinned");
  for (const auto& [family_and_shape, expected] : pinned) {
    Hash hash;
    for (const std::string_view targets : {"labels", "probs"})
      add_case<float>(hash, family_and_shape, targets);
    for (const std::string_view targets : {"labels", "probs"})
      add_case<double>(hash, family_and_shape, targets);
    expect(hash.value() == expected, fmt::format("{{\"{}\", {:#018x}}} is {:#018x}",
                                                 family_and_shape, hash.value(), expected));
  }
}

/// The forms and options that came later, of one family and of both element types.
void bits_of_options_are_those_they_were() {
  const std::pair<std::string_view, std::uint64_t> pinned[] = {
      {"csr", 0x60f4e022c0e5fd15},
      {"labels+weight", 0x1ae34408c4e4057d},
      {"labels+ignore", 0x15c9c83ecdfa4965},
      {"probs+weight+smoothing=0.1", 0x6b88de7b0343ad8b},
      {"csr+weight+smoothing=0.1", 0xa9d407f3b5c11e42},
      {"labels+weight+ignore+smoothing=0.1", 0xbcad9aa184ac61da},
  };
  for (const auto& [targets, expected] : pinned) {
    Hash hash;
    for (const std::string_view shape : {"masked(3)/16x33", "normal(3)/16x1"}) {
      add_case<float>(hash, std::string(shape), targets);
      add_case<double>(hash, std::string(shape), targets);
    }
    expect(hash.value() == expected,
           fmt::format("{{\"{}\", {:#018x}}} is {:#018x}", targets, expected, hash.value()));
  }
}

}  // namespace

int main() {
  bits_are_those_they_were();
  bits_of_options_are_those_they_were();
  return xent::tests::exit_code();
}
