// SPDX-License-Identifier: MIT
// Numbers and verdicts as the reports print them.
#include <limits>
#include <string>

#include "reports/number.hpp"
#include "reports/pick.hpp"
#include "reports/text.hpp"
#include "reports/verdict.hpp"
#include "tests/expect.hpp"
#include "tests/results_fixture.hpp"

namespace {

using namespace xent;
using namespace xent::tests;

constexpr double inf = std::numeric_limits<double>::infinity();
constexpr double nan = std::numeric_limits<double>::quiet_NaN();

void numbers() {
  using reports::three_digits;
  using reports::three_digits_up;
  expect(three_digits(0.17) == "0.170" && three_digits(12.345) == "12.3", "three digits");
  expect(three_digits(99.96) == "100" && three_digits(12345) == "12300", "three digits, rounded");
  expect(three_digits(1.5e7) == "1.50e+07" && three_digits(2e-9) == "2.00e-09", "powers of ten");
  expect(three_digits(0) == "0" && three_digits(-inf) == "-inf" && three_digits(nan) == "nan",
         "zero, inf and NaN");
  expect(three_digits_up(0.5) == "0.500" && three_digits_up(0.5000001) == "0.501", "rounded up");
  expect(three_digits_up(9.991) == "10.0" && three_digits_up(0.9991) == "1.00", "carried up");
  expect(reports::percent(99999, 100000) == "99.99" && reports::percent(3, 3) == "100" &&
             reports::percent(0, 0) == "-",
         "percent, rounded down");
  expect(reports::printable("a\x01\xff\xc3\xa9\xed\xa0\x80") == "a\uFFFD\u00e9\uFFFD\uFFFD\uFFFD",
         "bytes that are no UTF-8");
}

void verdicts() {
  const Results plain = plain_results();
  expect(reports::verdict_line(plain) ==
             "1 law check passed, 1 not claimed; largest error / contract 0.500; fastest "
             "accurate "
             "forward at 128\u00a0×\u00a01000 (f32, labels): simd, 2.40\u00a0× the read roof.",
         "the verdict line: " + reports::verdict_line(plain));
  expect(reports::overall(plain) == Verdict::passed, "passed");
  expect(reports::overall({}) == Verdict::skipped, "nothing checked");
  Results broken = plain;
  broken.accuracy[0] = accuracy("simd", "accurate", 1.25);
  expect(reports::overall(broken) == Verdict::failed, "failed");
  expect(holds(reports::verdict_line(broken), "1 of 2 accuracy checks failed"), "what failed");
  const reports::Picker picker(broken);
  const auto operation = reports::operation_of(broken.timings[0]);
  expect(picker.fastest(operation, Tier::accurate) == nullptr, "what failed is not picked");
  expect(picker.fastest(operation, Tier::none) == &broken.timings[1], "the fastest of the rest");
}

}  // namespace

int main() {
  numbers();
  verdicts();
  return xent::tests::exit_code();
}
