// SPDX-License-Identifier: MIT
// The exponential of impl/simd/math/exp-inl.hpp for every float that a kernel can hand it, on every
// target, or, unless XENT_LONG is set, for a sample of the blocks of 65,536 of them. Its errors are
// within those that docs/error_bounds.md claims in lemmas 52 and 54 (f32 logits in double
// lanes; the exponential of f32: by exhaustion); targets without fused operations give the same
// bits.

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "tests/impl/simd/math/exp_exhaustive_test.cpp"
#include <gtest/gtest.h>
#include <hwy/foreach_target.h>
// after foreach_target.h
#include <hwy/highway.h>

#include "impl/simd/lanes/lanes-inl.hpp"
#include "impl/simd/lanes/vectors-inl.hpp"
#include "impl/simd/math/exp-inl.hpp"
#include "impl/simd/math/table_exp-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace xent::impl::HWY_NAMESPACE {

/// f32 lanes, in the unit 2^exponent times the factor of the table: terms of one float, and
/// terms of two.
void f32_terms(const float* x, std::ptrdiff_t n, int exponent, float* term, float* high,
               float* low) {
  const ExpInUnit<F32Exp> unit({.exponent = exponent}, 0);
  const ExpInUnit<F32PairExp> pair_unit({.exponent = exponent}, 0);
  const LaneTag<F32Exp> tag;
  for (std::ptrdiff_t j = 0; j < n; j += lanes(tag)) {
    LaneVec<F32Exp> v[1] = {hn::LoadU(tag, x + j)};
    LaneVec<F32Exp> again[1] = {v[0]};
    LaneVec<F32Exp> rest[1];
    unit.to_terms<Reach::any>(v);
    pair_unit.to_parts<Reach::any>(again, rest);
    rest[0] = hn::Mul(again[0], rest[0]);
    hn::StoreU(v[0], tag, term + j);
    hn::StoreU(again[0], tag, high + j);
    hn::StoreU(rest[0], tag, low + j);
  }
}

/// The factor of all powers of the table for terms of one float.
double f32_table_factor() { return F32Exp::table_factor<table_size>; }

/// Double lanes of f32 logits.
void wide_terms(const float* x, std::ptrdiff_t n, int exponent, double* term) {
  const ExpInUnit<WideExp> unit({.exponent = exponent}, 0);
  for (std::ptrdiff_t j = 0; j < n; j += lanes(Wide())) {
    WideVec v[1] = {load_lanes<WideExp>(x + j)};
    unit.to_terms<Reach::any>(v);
    hn::StoreU(v[0], Wide(), term + j);
  }
}

}  // namespace xent::impl::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE

#include <cmath>
#include <map>

#include <fmt/format.h>

#include <xent/implementation.hpp>

#include "tests/impl/simd/chosen_target.hpp"
#include "tests/impl/simd/math/exhaustive.hpp"

namespace xent::impl {
namespace {

HWY_EXPORT(f32_terms);
HWY_EXPORT(f32_table_factor);
HWY_EXPORT(wide_terms);

using tests::block_size;
using tests::Exhaustion;

/// What of a block is measured: terms of one float, of two, and of double lanes.
enum Measure : std::size_t { f32_term, f32_pair, wide_term, measures };

/// The errors of one block in u of f32, against the C library's exponential in double.
void check_block(std::uint32_t block, const std::vector<float>& x, Exhaustion& seen, bool fully) {
  constexpr double per_u = 0x1p24;
  thread_local std::vector<float> term(block_size);
  thread_local std::vector<float> high(block_size);
  thread_local std::vector<float> low(block_size);
  thread_local std::vector<double> wide(block_size);
  const int exponent = static_cast<int>(std::nearbyint(static_cast<double>(x[0]) * 0x1.715476p0));
  HWY_DYNAMIC_DISPATCH(f32_terms)
  (x.data(), block_size, exponent, term.data(), high.data(), low.data());
  seen.hash += tests::hash_of(block, term) + 3 * tests::hash_of(block, high) +
               5 * tests::hash_of(block, low);
  if (!fully) return;
  HWY_DYNAMIC_DISPATCH(wide_terms)(x.data(), block_size, exponent, wide.data());
  const double unit = std::ldexp(1.0, -exponent);
  const double table_factor = HWY_DYNAMIC_DISPATCH(f32_table_factor)();
  for (std::size_t k = 0; k < block_size; ++k) {
    const double exact = std::exp(static_cast<double>(x[k])) * unit;
    const auto error = [&](double got) { return std::fabs(got - exact) / exact * per_u; };
    seen.largest[f32_term].take(error(static_cast<double>(term[k]) / table_factor), x[k]);
    seen.largest[f32_pair].take(error(static_cast<double>(high[k]) + static_cast<double>(low[k])),
                                x[k]);
    seen.largest[wide_term].take(error(wide[k]), x[k]);
  }
}

/// From -510 to 354: all that lanes see of a row of f32, but for what they raise to the least
/// power.
Exhaustion exhaust_exp(std::uint32_t stride, bool fully) {
  std::vector<Exhaustion> threads(2, Exhaustion{.largest = std::vector<tests::Witness>(measures)});
  const auto check = [&](std::uint32_t block, const std::vector<float>& x, Exhaustion& seen) {
    check_block(block, x, seen, fully);
  };
  tests::exhaust(510, true, stride, threads, check);
  tests::exhaust(354, false, stride, threads, check);
  return tests::all_of(threads);
}

/// The errors claimed, and the bits of all terms. Targets of a kind give the same bits.
struct Claim {
  double bounds[measures];
  std::uint64_t hash;
};
constexpr Claim table_of_16 = {{1.27, 0.12, 0.054}, 0x2e394dd948bfcb6b};
constexpr Claim table_of_8 = {{1.07, 0.16, 0.054}, 0xfb91d01617028305};
constexpr Claim not_fused = {{1.34, 0.22, 0.054}, 0x241e209b4bcacf3e};

const Claim& claim_of(const std::string& target) {
  if (!tests::is_fused(target)) return not_fused;
  return target == "AVX2" ? table_of_8 : table_of_16;
}

void check_claim(const std::string& target, const Claim& claim, const Exhaustion& all) {
  constexpr const char* names[] = {"f32 term", "f32 pair", "term in double lanes"};
  for (std::size_t k = 0; k < measures; ++k) {
    const auto& [error, at] = all.largest[k];
    fmt::print("{}: {} at most {:.4f} u off, at {:a}\n", target, names[k], error, at);
    EXPECT_LE(error, claim.bounds[k])
        << fmt::format("{} on {}: {:.4f} u at {:a}", names[k], target, error, at);
  }
}

TEST(ExpExhaustive, EveryTarget) {
  const std::uint32_t stride = tests::stride();
  std::map<const Claim*, std::uint64_t> hashes;  // of the first target of a kind
  for (const std::string& target : instruction_sets()) {
    const tests::ChosenTarget chosen(target);
    const Claim& claim = claim_of(target);
    const bool first = !hashes.contains(&claim);
    const Exhaustion all = exhaust_exp(stride, first);
    fmt::print("{}: {} floats, hash {:#x}\n", target, all.count, all.hash);
    if (first) check_claim(target, claim, all);
    hashes.emplace(&claim, all.hash);
    EXPECT_EQ(all.hash, hashes[&claim]) << target + ": other bits than the target before";
    if (stride == 1) {
      EXPECT_EQ(all.hash, claim.hash) << fmt::format("{}: hash {:#x}", target, all.hash);
    }
  }
}

}  // namespace

}  // namespace xent::impl

#endif  // HWY_ONCE
