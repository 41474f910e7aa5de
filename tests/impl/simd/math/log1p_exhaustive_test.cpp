// SPDX-License-Identifier: MIT
// The logarithm of impl/simd/math/log1p-inl.hpp for every float from 0 to 2^31, on every target,
// or, unless XENT_LONG is set, for a sample of the blocks of 65,536 of them: from two sums, the
// first of which takes values all over [1, 2), within 2^-34 of the C library's in long double, and
// from a pair within 2^-57. All targets with fused operations give the same bits, and so do all
// without.

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "tests/impl/simd/math/log1p_exhaustive_test.cpp"
#include <gtest/gtest.h>
#include <hwy/foreach_target.h>
// after foreach_target.h
#include <cmath>

#include <hwy/highway.h>

#include "impl/simd/math/log1p-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace xent::impl::HWY_NAMESPACE {

/// The first sum of element j of a block.
double top_of(std::ptrdiff_t j) {
  const double steps = static_cast<double>(j) * 0x1.3c6ef372fe95p-1;  // the golden ratio's
  return 1 + (steps - std::floor(steps));
}

void log1p_each(const float* r, std::ptrdiff_t n, double* single, double* hi, double* lo) {
  const hn::ScalableTag<double> tag;
  const hn::Rebind<float, decltype(tag)> narrow;
  const auto w = static_cast<std::ptrdiff_t>(hn::Lanes(tag));
  for (std::ptrdiff_t j = 0; j < n; j += w) {
    const auto wide = hn::PromoteTo(tag, hn::LoadU(narrow, r + j));
    const auto pair = log1p_of_pair(tag, PairLanes<hn::ScalableTag<double>>{wide, hn::Zero(tag)});
    HWY_ALIGN double tops[hn::MaxLanes(tag)];
    for (std::ptrdiff_t k = 0; k < w; ++k) tops[k] = top_of(j + k);
    const auto top = hn::Load(tag, tops);
    hn::StoreU(log_of_quotient(tag, top, hn::Mul(wide, top)), tag, single + j);
    hn::StoreU(pair.hi, tag, hi + j);
    hn::StoreU(pair.lo, tag, lo + j);
  }
}

}  // namespace xent::impl::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE

#include <fmt/format.h>

#include <xent/implementation.hpp>

#include "tests/impl/simd/chosen_target.hpp"
#include "tests/impl/simd/math/exhaustive.hpp"

namespace xent::impl {
namespace {

HWY_EXPORT(log1p_each);

using tests::block_size;
using tests::Exhaustion;

enum Measure : std::size_t { of_two_sums, of_a_pair, measures };
constexpr double bounds[measures] = {0x1p-34, 0x1p-57};

/// The bits of all logarithms from two sums.
constexpr std::uint64_t fused = 0x211b72690e639398;
constexpr std::uint64_t not_fused = 0x4572b398296bb6ba;

void check_block(std::uint32_t block, const std::vector<float>& r, Exhaustion& seen, bool fully) {
  thread_local std::vector<double> single(block_size);
  thread_local std::vector<double> hi(block_size);
  thread_local std::vector<double> lo(block_size);
  HWY_DYNAMIC_DISPATCH(log1p_each)(r.data(), block_size, single.data(), hi.data(), lo.data());
  thread_local std::vector<float> parts;
  parts.clear();
  for (const double l : single) {
    parts.push_back(static_cast<float>(l));
    parts.push_back(static_cast<float>(l - static_cast<double>(static_cast<float>(l))));
  }
  seen.hash += tests::hash_of(block, parts);
  for (std::size_t k = 0; fully && k < block_size; ++k) {
    if (r[k] == 0) continue;
    const long double exact = std::log1p(static_cast<long double>(r[k]));
    const auto error = [&](long double got) {
      return static_cast<double>(std::fabs(got - exact) / exact);
    };
    seen.largest[of_two_sums].take(error(single[k]), r[k]);
    seen.largest[of_a_pair].take(error(static_cast<long double>(hi[k]) + lo[k]), r[k]);
  }
}

Exhaustion exhaust_log1p(std::uint32_t stride, bool fully) {
  std::vector<Exhaustion> threads(2, Exhaustion{.largest = std::vector<tests::Witness>(measures)});
  tests::exhaust(0x1p31F, false, stride, threads,
                 [&](std::uint32_t block, const std::vector<float>& r, Exhaustion& seen) {
                   check_block(block, r, seen, fully);
                 });
  return tests::all_of(threads);
}

TEST(Log1pExhaustive, EveryTarget) {
  const std::uint32_t stride = tests::stride();
  std::uint64_t hashes[2] = {};  // of the first target without and with fused operations
  for (const std::string& target : instruction_sets()) {
    const tests::ChosenTarget chosen(target);
    std::uint64_t& hash = hashes[tests::is_fused(target) ? 1 : 0];
    const bool first = hash == 0;
    const Exhaustion all = exhaust_log1p(stride, first);
    fmt::print("{}: {} floats, hash {:#x}\n", target, all.count, all.hash);
    for (std::size_t k = 0; first && k < measures; ++k) {
      const auto& [error, at] = all.largest[k];
      const char* from = k == of_two_sums ? "two sums" : "a pair";
      fmt::print("{}: from {} at most 2^{:.2f} off, at {:a}\n", target, from, std::log2(error), at);
      EXPECT_LE(error, bounds[k]) << fmt::format("{}: 2^{} off", target, std::log2(error));
    }
    if (first) hash = all.hash;
    EXPECT_EQ(all.hash, hash) << target + ": other bits than the target before";
    const std::uint64_t claimed = tests::is_fused(target) ? fused : not_fused;
    if (stride == 1) {
      EXPECT_EQ(hash, claimed) << fmt::format("{}: hash {:#x}", target, hash);
    }
  }
}

}  // namespace

}  // namespace xent::impl

#endif  // HWY_ONCE
