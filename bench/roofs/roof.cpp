// SPDX-License-Identifier: MIT
// Roof kernels: four vectors at a time, compiled once per instruction set.

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "bench/roofs/roof.cpp"
#include "bench/roofs/roof.hpp"

#include <array>
#include <type_traits>

#include <hwy/cache_control.h>
#include <hwy/foreach_target.h>  // before highway.h
#include <hwy/highway.h>

#include "machine/upper_halves.hpp"

HWY_BEFORE_NAMESPACE();
namespace xent::bench::HWY_NAMESPACE {
namespace {

namespace hn = hwy::HWY_NAMESPACE;

using Bytes = hn::ScalableTag<std::uint8_t>;
using Vector = hn::Vec<Bytes>;

constexpr std::size_t cache_line = 64;

/// The or of all lanes. No std::array here: its functions would be compiled for this instruction
/// set and the linker could keep that copy for all.
std::uint8_t combine(Vector v) {
  HWY_ALIGN std::uint8_t lanes[HWY_MAX_BYTES] = {};  // NOLINT(modernize-avoid-c-arrays): see above
  hn::Store(v, Bytes(), lanes);
  std::uint8_t result = 0;
  for (std::size_t k = 0; k < hn::Lanes(Bytes()); ++k) result = result | lanes[k];
  return result;
}

/// Moves the vector at offset `i`: what is read goes into `v`, what is written is `v`; a copy
/// leaves it alone.
template <RoofKind kind>
HWY_INLINE void move(const std::uint8_t* HWY_RESTRICT from, std::uint8_t* HWY_RESTRICT to,
                     std::size_t i, Vector& v) {
  const Bytes d;
  if constexpr (kind == RoofKind::read) v = hn::Or(v, hn::LoadU(d, from + i));
  if constexpr (kind == RoofKind::write) hn::StoreU(v, d, to + i);
  if constexpr (kind == RoofKind::nt_write) hn::Stream(v, d, to + i);
  if constexpr (kind == RoofKind::copy) hn::StoreU(hn::LoadU(d, from + i), d, to + i);
  if constexpr (kind == RoofKind::nt_copy) hn::Stream(hn::LoadU(d, from + i), d, to + i);
}

/// Prefetching past the end of the array is harmless: the instruction never faults. Every offset
/// here is a multiple of a vector, so that what is streamed is aligned.
template <RoofKind kind, std::size_t blocks, std::size_t streams, std::size_t distance>
std::uint8_t run(const std::uint8_t* HWY_RESTRICT from, std::uint8_t* HWY_RESTRICT to,
                 std::size_t size) {
  const Bytes d;
  const std::size_t lanes = hn::Lanes(d);
  const std::size_t block = 4 * lanes;
  const std::size_t turn = block * blocks;
  const std::size_t part = size / streams / turn * turn;
  constexpr std::uint8_t filler = writes(kind) ? written_byte : 0;
  Vector v0 = hn::Set(d, filler), v1 = v0, v2 = v0, v3 = v0;
  for (std::size_t begin = 0; begin < part; begin += turn) {
    HWY_UNROLL(4)
    for (std::size_t s = 0; s < streams; ++s) {
      HWY_UNROLL(4)
      for (std::size_t b = 0; b < blocks; ++b) {
        const std::size_t i = s * part + begin + b * block;
        if constexpr (distance != 0)
          for (std::size_t line = 0; line < block; line += cache_line)
            hwy::Prefetch(from + i + distance + line);
        move<kind>(from, to, i, v0);
        move<kind>(from, to, i + lanes, v1);
        move<kind>(from, to, i + 2 * lanes, v2);
        move<kind>(from, to, i + 3 * lanes, v3);
      }
    }
  }
  std::size_t i = part * streams;
  for (; i + lanes <= size; i += lanes) move<kind>(from, to, i, v0);
  if constexpr (kind == RoofKind::nt_write || kind == RoofKind::nt_copy) hwy::FlushStream();
  std::uint8_t result = 0;
  if constexpr (kind == RoofKind::read) result = combine(hn::Or(hn::Or(v0, v1), hn::Or(v2, v3)));
  for (; i < size; ++i) {
    std::uint8_t byte = filler;
    if constexpr (reads(kind)) byte = from[i];
    if constexpr (writes(kind))
      to[i] = byte;
    else
      result = result | byte;
  }
  return result;
}

}  // namespace

// g++ leaves the upper halves in use where a function ends with a call that takes vectors, as those
// of the reading kernels do.
#define XENT_ROOF(kind, name, blocks, streams, distance)                                        \
  std::uint8_t name(const std::uint8_t* from, std::uint8_t* to, std::size_t size) {             \
    const std::uint8_t result = run<RoofKind::kind, blocks, streams, distance>(from, to, size); \
    machine::clear_upper_halves();                                                              \
    return result;                                                                              \
  }
#include "bench/roofs/roof_kernels.def"
#undef XENT_ROOF

}  // namespace xent::bench::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace xent::bench {
namespace {

#define XENT_ROOF(kind, name, ...) HWY_EXPORT(name);
#include "bench/roofs/roof_kernels.def"
#undef XENT_ROOF

/// The best entry of a dispatch table; Highway makes a table of one where it knows one target only.
template <class Table>
auto best(const Table& table) {
  if constexpr (std::extent_v<Table> == 1) {
    return table[0];
  } else {
    hwy::ChosenTarget target;
    target.Update(hwy::SupportedTargets());
    return table[target.GetIndex()];
  }
}

}  // namespace

std::span<const RoofKernel> roof_kernels() {
#define XENT_ROOF(kind, name, ...) \
  RoofKernel{RoofKind::kind, #name, best(HWY_DISPATCH_TABLE(name))},
  static const std::array all = {
#include "bench/roofs/roof_kernels.def"
  };
#undef XENT_ROOF
  return all;
}

}  // namespace xent::bench
#endif  // HWY_ONCE
