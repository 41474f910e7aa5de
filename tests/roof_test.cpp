// SPDX-License-Identifier: MIT
// The read kernels read all of the array and no more; the timer interleaves what it times.
#include "bench/roof.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "bench/timer.hpp"
#include "tests/expect.hpp"

namespace {

using namespace xent;
using tests::expect;

/// Without interleaving the calls would change over once only; by chance that happens once in 3e8.
void test_interleaving() {
  std::string order;
  const std::vector<std::function<void()>> calls = {[&] { order += 'a'; }, [&] { order += 'b'; }};
  const auto timings = bench::time_interleaved(calls, 16, 1e-6);
  int changes = 0;
  for (std::size_t k = 1; k < order.size(); ++k) changes += order[k] != order[k - 1] ? 1 : 0;
  expect(timings.size() == 2 && changes > 1, "repetitions are interleaved");
  expect(bench::time_interleaved({}, 3, 1e-6).empty(), "nothing to time gives nothing");
}

/// A single byte set is found wherever it is, and nothing beyond the end is.
void test_roof_kernels() {
  for (const bench::RoofKernel& kernel : bench::roof_kernels())
    for (const std::size_t size :
         {0UL, 1UL, 63UL, 64UL, 255UL, 256UL, 257UL, 1024UL, 1531UL, 3000UL}) {
      std::vector<std::uint8_t> bytes(size + 1, 0);
      bytes[size] = 0xff;
      bool found = kernel.read(bytes.data(), size) == 0;
      for (std::size_t i = 0; i < size; ++i) {
        bytes[i] = 0x12;
        found = found && kernel.read(bytes.data(), size) == 0x12;
        bytes[i] = 0;
      }
      expect(found, std::string(kernel.name) + " reads every byte once and no other");
    }
}

}  // namespace

int main() {
  test_interleaving();
  test_roof_kernels();
  return tests::exit_code();
}
