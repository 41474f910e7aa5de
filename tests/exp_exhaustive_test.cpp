// SPDX-License-Identifier: MIT
// exp_exhaustive_test [STRIDE]: the exponential of impl/simd/exp-inl.hpp for every float that a
// kernel can hand it, on every target, or for each STRIDEth block of 65,536 of them. Its errors are
// within those that docs/error_bounds.md claims; targets with fused operations give the same bits,
// and so do those without.

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "tests/exp_exhaustive_test.cpp"
#include <hwy/foreach_target.h>
// after foreach_target.h
#include <hwy/highway.h>

#include "impl/simd/exp-inl.hpp"
#include "impl/simd/lanes-inl.hpp"
#include "impl/simd/term_sum-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace xent::impl::HWY_NAMESPACE {

/// f32 lanes, in the unit 2^exponent: the terms, and power s and power, whose sum is not rounded.
void f32_terms(const float* x, std::ptrdiff_t n, int exponent, float* term, float* s,
               float* power) {
  const ExpInUnit<F32Exp> unit({.exponent = exponent}, 0);
  const LaneTag<F32Exp> tag;
  for (std::ptrdiff_t j = 0; j < n; j += lanes(tag)) {
    LaneVec<F32Exp> v[1] = {hn::LoadU(tag, x + j)};
    LaneVec<F32Exp> again[1] = {v[0]};
    LaneVec<F32Exp> p[1];
    LaneVec<F32Exp> one[1];
    unit.to_terms<true>(v);
    unit.factors<true>(again, p, one);
    hn::StoreU(v[0], tag, term + j);
    hn::StoreU(hn::Mul(one[0], p[0]), tag, s + j);
    hn::StoreU(p[0], tag, power + j);
  }
}

/// Double lanes of f32 logits.
void wide_terms(const float* x, std::ptrdiff_t n, int exponent, double* term) {
  const ExpInUnit<WideExp> unit({.exponent = exponent}, 0);
  for (std::ptrdiff_t j = 0; j < n; j += lanes(Wide())) {
    WideVec v[1] = {load_lanes<WideExp>(x + j)};
    unit.to_terms<true>(v);
    hn::StoreU(v[0], Wide(), term + j);
  }
}

}  // namespace xent::impl::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE

#include <cmath>

#include <fmt/format.h>

#include <xent/implementation.hpp>

#include "tests/exhaustive.hpp"
#include "tests/expect.hpp"

namespace xent::impl {
namespace {

HWY_EXPORT(f32_terms);
HWY_EXPORT(wide_terms);

using tests::block_size;
using tests::Exhaustion;

/// What of a block is measured: 1 + s and the term of f32 lanes, the term of double lanes.
enum Measure : std::size_t { one_plus_s, f32_term, wide_term, measures };

/// The errors of one block in u of f32, against the C library's exponential in double.
void check_block(std::uint32_t block, const std::vector<float>& x, Exhaustion& seen, bool fully) {
  constexpr double per_u = 0x1p24;
  thread_local std::vector<float> term(block_size);
  thread_local std::vector<float> s(block_size);
  thread_local std::vector<float> power(block_size);
  thread_local std::vector<double> wide(block_size);
  const int exponent = static_cast<int>(std::nearbyint(static_cast<double>(x[0]) * 0x1.715476p0));
  HWY_DYNAMIC_DISPATCH(f32_terms)
  (x.data(), block_size, exponent, term.data(), s.data(), power.data());
  seen.hash += tests::hash_of(block, term);
  if (!fully) return;
  HWY_DYNAMIC_DISPATCH(wide_terms)(x.data(), block_size, exponent, wide.data());
  const double unit = std::ldexp(1.0, -exponent);
  for (std::size_t k = 0; k < block_size; ++k) {
    const double exact = std::exp(static_cast<double>(x[k])) * unit;
    const auto error = [&](double got) { return std::fabs(got - exact) / exact * per_u; };
    seen.largest[one_plus_s].take(error(static_cast<double>(power[k]) + static_cast<double>(s[k])),
                                  x[k]);
    seen.largest[f32_term].take(error(static_cast<double>(term[k])), x[k]);
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

/// The errors claimed, and the bits of all terms.
struct Claim {
  double bounds[measures];
  std::uint64_t hash;
};
constexpr Claim fused = {{0.72, 1.43, 0.054}, 0x51f8134fe9226014};
constexpr Claim not_fused = {{0.75, 1.36, 0.054}, 0x1f9f7df6e49759d9};

void check_claim(const std::string& target, const Claim& claim, const Exhaustion& all) {
  constexpr const char* names[] = {"1 + s", "f32 term", "term in double lanes"};
  for (std::size_t k = 0; k < measures; ++k) {
    const auto& [error, at] = all.largest[k];
    fmt::print("{}: {} at most {:.4f} u off, at {:a}\n", target, names[k], error, at);
    tests::expect(error <= claim.bounds[k],
                  fmt::format("{} on {}: {:.4f} u at {:a}", names[k], target, error, at));
  }
}

void check_every_target(std::uint32_t stride) {
  std::uint64_t hashes[2] = {};  // of the first target of a kind
  for (const std::string& target : instruction_sets()) {
    use_instruction_set(target);
    std::uint64_t& hash = hashes[tests::is_fused(target) ? 1 : 0];
    const bool first = hash == 0;
    const Exhaustion all = exhaust_exp(stride, first);
    const Claim& claim = tests::is_fused(target) ? fused : not_fused;
    fmt::print("{}: {} floats, hash {:#x}\n", target, all.count, all.hash);
    if (first) check_claim(target, claim, all);
    if (first) hash = all.hash;
    tests::expect(all.hash == hash, target + ": other bits than the target before");
    if (stride == 1)
      tests::expect(all.hash == claim.hash, fmt::format("{}: hash {:#x}", target, all.hash));
  }
  use_instruction_set("");
}

}  // namespace
}  // namespace xent::impl

int main(int argc, char** argv) {
  xent::impl::check_every_target(xent::tests::stride_of(argc, argv));
  return xent::tests::exit_code();
}

#endif  // HWY_ONCE
