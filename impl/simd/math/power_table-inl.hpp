// SPDX-License-Identifier: MIT
// The table of the powers 2^(i/size) that simd/math/table_exp-inl.hpp looks up in registers: size
// is 8 with AVX2, else 16 (simd/lanes/vectors-inl.hpp).

#if defined(XENT_IMPL_SIMD_MATH_POWER_TABLE_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef XENT_IMPL_SIMD_MATH_POWER_TABLE_INL
#undef XENT_IMPL_SIMD_MATH_POWER_TABLE_INL
#else
#define XENT_IMPL_SIMD_MATH_POWER_TABLE_INL
#endif

#include <bit>
#include <cstddef>
#include <cstdint>

#include <hwy/highway.h>

#include "impl/simd/lanes/vectors-inl.hpp"
#include "impl/simd/math/exp_constants.hpp"

HWY_BEFORE_NAMESPACE();
namespace xent::impl::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

/// The powers factor 2^(i/size), for |factor| in [1, 2), rounded to f32. `offset` is what is added
/// to the shifted bits of k to make them those of the power (lemma 53, step 5); `low` is what the
/// rounded power lacks, relatively.
struct PowerTable {
  using Constants = TableConstants<table_size>;
  static constexpr int shift = 23 - Constants::index_bits;

  alignas(64) std::uint32_t offset[table_size] = {};
  alignas(64) float low[table_size] = {};

  constexpr explicit PowerTable(double factor) {
    for (std::size_t i = 0; i < table_size; ++i) {
      const double power = factor * powers_of_2[i * (16 / table_size)];
      const auto nearest = static_cast<float>(power);
      const auto high = static_cast<double>(nearest);
      offset[i] = std::bit_cast<std::uint32_t>(nearest) - std::bit_cast<std::uint32_t>(1.0F) -
                  (static_cast<std::uint32_t>(i) << shift);
      low[i] = static_cast<float>((power - high) / high);
    }
  }
};

/// The table without a factor but for the kind's `table_factor`.
template <class Exp>
inline constexpr PowerTable powers_alone = PowerTable(Exp::template table_factor<table_size>);

/// Returns table[index mod table_size] for each lane.
template <class V, class T>
HWY_INLINE V look_up(const T* HWY_RESTRICT table, V index) {
#if HWY_TARGET <= HWY_AVX3
  return V{_mm512_permutexvar_epi32(index.raw, _mm512_load_si512(table))};
#elif HWY_TARGET == HWY_AVX2
  const auto* entries = reinterpret_cast<const __m256i*>(table);
  return V{_mm256_permutevar8x32_epi32(_mm256_load_si256(entries), index.raw)};
#else
  const hn::DFromV<V> tag;
  HWY_ALIGN std::uint32_t lane[hn::MaxLanes(tag)];
  hn::Store(index, tag, lane);
  for (std::uint32_t& one : lane) one = std::bit_cast<std::uint32_t>(table[one % table_size]);
  return hn::Load(tag, lane);
#endif
}

}  // namespace xent::impl::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // the guard of a per-target header
