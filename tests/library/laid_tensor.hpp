// SPDX-License-Identifier: MIT
// LaidTensor: a DLTensor whose elements lie as chance has it, among bytes that must stay as they are.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <numeric>
#include <random>
#include <vector>

#include <dlpack/dlpack.h>

namespace xent::tests {

using Index = std::vector<std::int64_t>;
using Chance = std::mt19937_64;

/// One time in `of`.
inline bool once_in(unsigned of, Chance& chance) { return chance() % of == 0; }

template <class T>
class LaidTensor {
 public:
  /// Axes are permuted, reversed and have gaps; elements may be off their alignment; where it may be,
  /// some axes have the stride 0.
  LaidTensor(Index shape, DLDataType type, Chance& chance, bool may_repeat)
      : shape_(std::move(shape)), strides_(shape_.size()) {
    std::vector<std::size_t> inner_first(shape_.size());
    std::iota(inner_first.rbegin(), inner_first.rend(), std::size_t{0});
    const bool is_packed = once_in(3, chance);
    if (!is_packed) std::shuffle(inner_first.begin(), inner_first.end(), chance);
    std::int64_t room = 1, first = 0;
    for (const std::size_t k : inner_first) {
      if (!is_packed && may_repeat && once_in(6, chance)) continue;  // the stride 0
      strides_[k] = room * (!is_packed && once_in(4, chance) ? 2 : 1);
      room = strides_[k] * std::max<std::int64_t>(shape_[k], 1);
      if (is_packed || !once_in(4, chance)) continue;
      first += strides_[k] * std::max<std::int64_t>(shape_[k] - 1, 0);
      strides_[k] = -strides_[k];
    }
    const auto shift = once_in(8, chance) ? std::size_t{1} : std::size_t{0};  // off the alignment
    bytes_.assign((static_cast<std::size_t>(room) + 8) * sizeof(T) + shift, junk);
    tensor = {.data = bytes_.data() + shift,
              .device = {kDLCPU, 0},
              .ndim = static_cast<int>(shape_.size()),
              .dtype = type,
              .shape = shape_.data(),
              .strides = is_packed && once_in(2, chance) ? nullptr : strides_.data(),
              .byte_offset = (static_cast<std::size_t>(first) + chance() % 8) * sizeof(T)};
  }
  LaidTensor(const LaidTensor&) = delete;
  LaidTensor& operator=(const LaidTensor&) = delete;

  T get(const Index& index) const {
    T element;
    std::memcpy(&element, bytes_.data() + place(index), sizeof(T));
    return element;
  }
  void put(const Index& index, T element) {
    std::memcpy(bytes_.data() + place(index), &element, sizeof(T));
  }

  /// Calls each(index) in C order.
  template <class Each>
  void for_each(const Each& each) const {
    const std::int64_t size =
        std::accumulate(shape_.begin(), shape_.end(), std::int64_t{1}, std::multiplies<>());
    Index index(shape_.size());
    for (std::int64_t at = 0; at < size; ++at) {
      std::int64_t rest = at;
      for (std::size_t k = shape_.size(); k-- > 0; rest /= shape_[k]) index[k] = rest % shape_[k];
      each(index);
    }
  }

  /// Tells whether all bytes but those of the elements are as they were at first. The elements are
  /// lost.
  bool is_junk_elsewhere() {
    for_each(
        [&](const Index& index) { std::fill_n(bytes_.data() + place(index), sizeof(T), junk); });
    return std::all_of(bytes_.begin(), bytes_.end(), [](std::byte one) { return one == junk; });
  }

  DLTensor tensor{};

 private:
  static constexpr std::byte junk{0xA5};

  std::size_t place(const Index& index) const {
    std::int64_t at = 0;
    for (std::size_t k = 0; k < index.size(); ++k) at += index[k] * strides_[k];
    const auto begin =
        static_cast<std::size_t>(static_cast<std::byte*>(tensor.data) - bytes_.data());
    return begin + tensor.byte_offset +
           static_cast<std::size_t>(at * static_cast<std::int64_t>(sizeof(T)));
  }

  Index shape_, strides_;
  std::vector<std::byte> bytes_;
};

}  // namespace xent::tests
