// SPDX-License-Identifier: MIT
// What all of the kernels take of the target: how many vectors are computed together, the size of
// the table that its permutations look up, and loads and stores of less than a vector.

#if defined(XENT_IMPL_SIMD_LANES_VECTORS_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef XENT_IMPL_SIMD_LANES_VECTORS_INL
#undef XENT_IMPL_SIMD_LANES_VECTORS_INL
#else
#define XENT_IMPL_SIMD_LANES_VECTORS_INL
#endif

#include <cstddef>

#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace xent::impl::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

using Wide = hn::ScalableTag<double>;
using WideVec = hn::Vec<Wide>;
using Narrow = hn::Rebind<float, Wide>;
using NarrowVec = hn::Vec<Narrow>;

// Highway numbers the better of two targets of x86 lower, so that those above AVX-512 count as it.
/// How many vectors are computed together: as many as the registers hold.
inline constexpr std::ptrdiff_t interleaved = HWY_TARGET <= HWY_AVX3 ? 4 : 2;

/// How many powers 2^(i/size) a table has: as many floats as one permutation looks up.
inline constexpr std::size_t table_size = HWY_TARGET == HWY_AVX2 ? 8 : 16;

/// The same step for N independent vectors, one after the other: a core's scheduler is too short to
/// find the independent work by itself when the vectors' long chains follow each other. N is the
/// extent of the arrays of vectors where this stands.
#define XENT_FOR_EACH_VECTOR(n) _Pragma("GCC unroll 8") for (std::size_t n = 0; (n) < N; ++(n))

}  // namespace xent::impl::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // the guard of a per-target header
