// SPDX-License-Identifier: MIT
// Every problem on every implementation: what it offers keeps its contract, judged by the
// reference; what it does not offer is refused by name. No implementation writes beside its
// results.
#include <algorithm>
#include <exception>

#include <fmt/format.h>

#include <xent/implementation.hpp>

#include "tests/walk.hpp"

namespace {

using namespace xent;
using namespace xent::tests;

constexpr auto types = std::ssize(all_dtypes);

Tally walk(const Implementation& implementation, const std::vector<Asked>& problems) {
  Tally tally;
  for (const DType dtype : all_dtypes)
    with_dtype(dtype, [&](auto zero) {
      Walk<decltype(zero)> of_type(implementation, tally);
      for (const Asked& asked : problems) of_type.check(asked);
    });
  fmt::print("{}: {} judged, {} refused, {} failed\n", implementation.name, tally.judged,
             tally.refused, tally.failed);
  return tally;
}

/// Every implementation takes everything.
void check_all(const std::vector<Asked>& problems) {
  expect(problems.size() > 25000, "there are many problems");
  for (const Implementation* one : implementations()) {
    const Tally tally = walk(*one, problems);
    expect(tally.failed == 0, fmt::format("{} fails at nothing", one->name));
    expect(tally.judged >= types * std::ssize(problems) && tally.refused == 0,
           fmt::format("{} is judged on every problem, in every type", one->name));
  }
}

void check_refused(const std::vector<Asked>& problems) {
  Implementation plain = *find_implementation("sparse");
  plain.name = "sparse without offers";
  plain.f32.offers = plain.f64.offers = plain.bf16.offers = plain.f16.offers = {};
  const Tally tally = walk(plain, problems);
  const auto offered = std::count_if(problems.begin(), problems.end(),
                                     [](const Asked& asked) { return asked.is_plain(); });
  expect(tally.failed == 0 && tally.judged == types * offered &&
             tally.refused == types * (std::ssize(problems) - offered),
         "what is not offered is refused, and nothing else");
}

}  // namespace

int main() {
  try {
    const std::vector<Asked> problems = every_problem();
    check_all(problems);
    check_refused(problems);
  } catch (const std::exception& fault) {
    expect(false, fault.what());
  }
  return tests::exit_code();
}
