// SPDX-License-Identifier: MIT
// The roof kernels read and write all of the array and no more, on any number of threads; the timer
// interleaves what it times.
#include "bench/roofs/roof.hpp"

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <functional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "bench/roofs/roofline.hpp"
#include "bench/rounds.hpp"
#include "bench/workload/buffer.hpp"
#include "bench/workload/workload.hpp"
#include "machine/upper_halves.hpp"
#include "tests/bench/tiny_plan.hpp"
#include "tests/support/upper_halves.hpp"

namespace {

using namespace xent;

/// Without interleaving the calls would change over once only; by chance that happens once in 3e8.
TEST(Roof, Interleaving) {
  std::string order;
  const std::vector<std::function<void()>> calls = {[&] { order += 'a'; }, [&] { order += 'b'; }};
  const auto series = bench::time_rounds(calls, {.count = 16, .seconds = 1e-6});
  int changes = 0;
  for (std::size_t k = 1; k < order.size(); ++k) changes += order[k] != order[k - 1] ? 1 : 0;
  EXPECT_TRUE(series.size() == 2 && changes > 1) << "samples are interleaved";
  EXPECT_TRUE(bench::time_rounds(std::span<const std::function<void()>>{}, {}).empty())
      << "nothing to time gives nothing";
}

constexpr std::size_t sizes[] = {0, 1, 63, 64, 255, 256, 257, 1024, 1531, 3000};

/// A single byte set is found wherever it is, and nothing beyond the end is.
void test_reads(const bench::RoofKernel& kernel) {
  for (const std::size_t size : sizes) {
    std::vector<std::uint8_t> bytes(size + 1, 0);
    bytes[size] = 0xff;
    bool found = kernel.run(bytes.data(), nullptr, size) == 0;
    for (std::size_t i = 0; i < size; ++i) {
      bytes[i] = 0x12;
      found = found && kernel.run(bytes.data(), nullptr, size) == 0x12;
      bytes[i] = 0;
    }
    EXPECT_TRUE(found) << std::string(kernel.name) + " reads every byte once and no other";
  }
}

/// Every byte is written, with written_byte or with that of the source, and none beyond the end.
void test_writes(const bench::RoofKernel& kernel) {
  const bench::Buffer<std::uint8_t> to(4096);
  for (const std::size_t size : sizes) {
    std::vector<std::uint8_t> from(size);
    for (std::size_t i = 0; i < size; ++i) from[i] = static_cast<std::uint8_t>(i % 251 + 1);
    to.fill(0xff);
    const bool copies = reads(kernel.kind);
    bool right = kernel.run(copies ? from.data() : nullptr, to.data(), size) == 0;
    for (std::size_t i = 0; i < size; ++i)
      right = right && to.data()[i] == (copies ? from[i] : bench::written_byte);
    for (std::size_t i = size; i < 4096; ++i) right = right && to.data()[i] == 0xff;
    EXPECT_TRUE(right) << std::string(kernel.name) + " writes every byte and no other";
  }
}

TEST(Roof, RoofKernels) {
  for (const bench::RoofKind kind : bench::all_roof_kinds) {
    std::set<std::string_view> names;
    for (const bench::RoofKernel& kernel : bench::roof_kernels())
      if (kernel.kind == kind) names.insert(kernel.name);
    EXPECT_GT(names.size(), 1) << std::string(to_string(kind)) + " has several kernels";
  }
  for (const bench::RoofKernel& kernel : bench::roof_kernels())
    writes(kernel.kind) ? test_writes(kernel) : test_reads(kernel);
}

/// On an array of several pages and a tail, the last call of each kind leaves what it has to.
TEST(Roof, Threads) {
  const bench::Workload<float> workload(tests::tiny_plan({}, true), {7, 1001});
  float written = 0;
  std::memset(&written, bench::written_byte, sizeof written);
  for (const int threads : {1, 2, 3, 8}) {
    const bench::Roofline made = bench::roofline(workload, threads);
    EXPECT_EQ(made.records.size(), bench::roof_kernels().size()) << "every kernel has its arrays";
    for (std::size_t k = 0; k < made.records.size(); ++k) {
      workload.grad.fill(-1);
      made.calls[k]();
      const std::string& kind = made.records[k].kind;
      for (std::ptrdiff_t i = 0; i < workload.shape.size(); ++i) {
        const float expected = kind == "read"            ? -1
                               : kind.ends_with("write") ? written
                                                         : workload.logits.data()[i];
        if (workload.grad.data()[i] == expected) continue;
        ADD_FAILURE() << made.records[k].kernel + " leaves an element";
        break;
      }
      EXPECT_EQ(made.records[k].threads, threads) << "the record says on how many threads";
      EXPECT_EQ(made.records[k].bytes, 4 * 7007 * (kind.ends_with("copy") ? 2 : 1))
          << "bytes read plus bytes written";
    }
  }
}

TEST(Roof, UpperHalvesAreClearAfterEachKernel) {
  if (!tests::tells_use_of_upper_halves()) GTEST_SKIP() << "the processor does not tell";
  const bench::Buffer<std::uint8_t> from(1 << 14), to(1 << 14);
  for (const bench::RoofKernel& kernel : bench::roof_kernels()) {
    machine::clear_upper_halves();
    (void)kernel.run(from.data(), to.data(), 1 << 14);
    EXPECT_FALSE(tests::upper_halves_are_in_use()) << kernel.name;
  }
}

}  // namespace
