// SPDX-License-Identifier: MIT
// The properties of the target that all kernels use: how many vectors are computed together, and
// the size of the table that its permutations look up.

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

/// The tags and vectors of double lanes, and of as many floats.
using Wide = hn::ScalableTag<double>;
using WideVec = hn::Vec<Wide>;
using Narrow = hn::Rebind<float, Wide>;
using NarrowVec = hn::Vec<Narrow>;

/// How many vectors an unrolled step computes together: as many as the registers hold. Highway
/// gives the better of two targets of x86 the lower number, so targets above AVX-512 count as it.
inline constexpr std::ptrdiff_t interleaved = HWY_TARGET <= HWY_AVX3 ? 4 : 2;

/// How many powers 2^(i/size) a table has: 8 with AVX2, whose permutation looks up 8 floats, else
/// 16.
inline constexpr std::size_t table_size = HWY_TARGET == HWY_AVX2 ? 8 : 16;

/// Does one operation for N independent vectors, one after the other, N being the extent of the
/// arrays of vectors where this stands. A core's scheduler is too short to find the independent
/// work by itself when the vectors' long chains follow each other.
#define XENT_FOR_EACH_VECTOR(n) _Pragma("GCC unroll 8") for (std::size_t n = 0; (n) < N; ++(n))

}  // namespace xent::impl::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // the guard of a per-target header
