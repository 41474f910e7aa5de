// SPDX-License-Identifier: MIT
// xent_compute gives the bits of the kernel, for every type, form of targets and option, wherever the
// elements lie; and does so in several threads at once.
#include <string>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include <xent/implementation.hpp>

#include "tests/library/laid_results.hpp"
#include "tests/support/element_types.hpp"

namespace {

using namespace xent;
using tests::Chance;

template <class T>
void compute_one(std::uint64_t seed) {
  Chance chance(seed);
  tests::LaidCase<T> laid(chance);
  tests::LaidResults<T> results(laid, chance);
  const auto all = implementations();
  const Implementation& one = *all[chance() % all.size()];
  const auto threads = static_cast<int>(1 + chance() % 3);
  const std::string what = cases::to_string(laid.recipe()) + " by " + std::string(one.name) +
                           ", seed " + std::to_string(seed);
  tests::PackedResults<T> expected;
  const Outputs<T> out = expected.outputs(laid.packed(), results.results.grad != nullptr,
                                          results.results.lse != nullptr);
  one.contract<T>().kernel(laid.packed(), out, {.threads = threads});
  xent_error error{};
  const xent_execution execution{
      .size = sizeof execution, .threads = threads, .instruction_set = nullptr};
  const std::string name(one.name);
  const bool by_name = tests::once_in(2, chance);
  const xent_status status =
      by_name ? xent_compute_by(name.c_str(), &laid.problem(), &results.results, &execution, &error)
              : xent_compute(xent_find(name.c_str()), &laid.problem(), &results.results,
                             threads == 1 ? nullptr : &execution, &error);
  ASSERT_EQ(status, XENT_OK) << what << ": " << error.field << ": " << error.message;
  results.expect(expected, what);
}

template <class T>
class LibraryCompute : public testing::Test {};
TYPED_TEST_SUITE(LibraryCompute, tests::ElementTypes);

TYPED_TEST(LibraryCompute, HasTheBitsOfTheKernel) {
  for (std::uint64_t seed = 0; seed < 500 && !this->HasFailure(); ++seed)
    compute_one<TypeParam>(seed);
}

TYPED_TEST(LibraryCompute, InSeveralThreadsAtOnce) {
  std::vector<std::thread> callers;
  for (std::uint64_t caller = 0; caller < 4; ++caller)
    callers.emplace_back([caller] {
      for (std::uint64_t seed = 0; seed < 40; ++seed) compute_one<TypeParam>(1000 + seed + caller);
    });
  for (std::thread& one : callers) one.join();
}

}  // namespace
