// SPDX-License-Identifier: MIT
// Numbers and verdicts as the reports print them.
#include <iterator>
#include <limits>
#include <string>

#include <gtest/gtest.h>

#include "reports/number.hpp"
#include "reports/records/outcome.hpp"
#include "reports/records/pick.hpp"
#include "reports/records/verdict.hpp"
#include "reports/text.hpp"
#include "tests/reports/results_fixture.hpp"

namespace {

using namespace xent;
using namespace xent::tests;

constexpr double inf = std::numeric_limits<double>::infinity();
constexpr double nan = std::numeric_limits<double>::quiet_NaN();

TEST(ReportNumbers, Numbers) {
  using reports::three_digits;
  using reports::three_digits_up;
  EXPECT_TRUE(three_digits(0.17) == "0.170" && three_digits(12.345) == "12.3") << "three digits";
  EXPECT_TRUE(three_digits(99.96) == "100" && three_digits(12345) == "12300")
      << "three digits, rounded";
  EXPECT_TRUE(three_digits(1.5e7) == "1.50e+07" && three_digits(2e-9) == "2.00e-09")
      << "powers of ten";
  EXPECT_TRUE(three_digits(0) == "0" && three_digits(-inf) == "-inf" && three_digits(nan) == "nan")
      << "zero, inf and NaN";
  EXPECT_TRUE(three_digits_up(0.5) == "0.500" && three_digits_up(0.5000001) == "0.501")
      << "rounded up";
  EXPECT_TRUE(three_digits_up(9.991) == "10.0" && three_digits_up(0.9991) == "1.00")
      << "carried up";
  EXPECT_TRUE(reports::percent(99999, 100000) == "99.99" && reports::percent(3, 3) == "100" &&
              reports::percent(0, 0) == "-")
      << "percent, rounded down";
  EXPECT_EQ(reports::printable("a\x01\xff\xc3\xa9\xed\xa0\x80"), "a\uFFFD\u00e9\uFFFD\uFFFD\uFFFD")
      << "bytes that are no UTF-8";
}

TEST(ReportNumbers, Verdicts) {
  const Results plain = plain_results();
  EXPECT_EQ(reports::verdict_line(plain),
            "1 law check passed, 1 not claimed; largest error / contract 0.500; fastest "
            "accurate "
            "forward at 128\u00a0×\u00a01000 (f32, labels): simd, 2.40\u00a0× the read roof.")
      << "the verdict line: " + reports::verdict_line(plain);
  EXPECT_EQ(reports::overall(plain), Verdict::passed) << "passed";
  EXPECT_EQ(reports::overall({}), Verdict::nothing_checked) << "nothing checked";
  Results broken = plain;
  broken.accuracy[0] = accuracy("simd", "accurate", 1.25);
  EXPECT_EQ(reports::overall(broken), Verdict::failed) << "failed";
  EXPECT_TRUE(holds(reports::verdict_line(broken), "1 of 2 accuracy checks failed"))
      << "what failed";
  Results open = plain;
  open.accuracy[0].verdict = Verdict::undecided;
  open.accuracy[0].errors.undecided = 2;
  open.accuracy[0].errors.undecided_witness.command = "repeat";
  EXPECT_EQ(reports::overall(open), Verdict::undecided) << "undecided";
  EXPECT_TRUE(
      holds(reports::verdict_line(open), "1 of 2 accuracy checks passed, 1 undecided, largest"))
      << "what is undecided: " + reports::verdict_line(open);
  EXPECT_EQ(open.accuracy[0].errors.telling_witness().command, "repeat") << "the undecided input";
  EXPECT_EQ(reports::errors_text(open.accuracy[0].errors),
            "error / contract 0.500, largest error 1.25 ulp of 600 results; special values wrong: "
            "none; undecided: 2")
      << "errors in words: " + reports::errors_text(open.accuracy[0].errors);
  EXPECT_TRUE(reports::Picker(open)
                  .fastest(reports::operation_of(open.timings[0]), Tier::accurate)
                  .tied.empty())
      << "what is undecided is not picked";
  const reports::Picker picker(broken);
  const auto operation = reports::operation_of(broken.timings[0]);
  EXPECT_TRUE(picker.fastest(operation, Tier::accurate).tied.empty())
      << "what failed is not picked";
  EXPECT_EQ(picker.fastest(operation, Tier::none).least, &broken.timings[1])
      << "the fastest of the rest";
}

/// Who is fastest, as the page has it: ties, what is in doubt, and runs apart.
TEST(ReportNumbers, Picks) {
  Results results = plain_results();
  results.timings[1].samples_ns = results.timings[0].samples_ns;
  const auto any = [&results] {
    return reports::Picker(results).fastest(reports::operation_of(results.timings[0]), Tier::none);
  };
  EXPECT_EQ(reports::names_of(any().tied), "simd or naive")
      << "of a tie the stronger promise first";
  EXPECT_TRUE(holds(reports::verdict_line(results), "fastest accurate forward"))
      << "the accurate one alone";
  results.timings[1].unreliable = "others ran";
  EXPECT_TRUE(any().tied.empty() && any().doubt == "naive: others ran")
      << "nobody where one is in doubt";
  results.timings[0].unreliable = "others ran";
  EXPECT_TRUE(holds(reports::verdict_line(results),
                    "who is fastest was not measured reliably (simd: others ran)"))
      << "the verdict line: " + reports::verdict_line(results);
  Results twice = plain_results();
  twice.runs.push_back(twice.runs[0]);
  twice.timings[1].run = 1;  // naive, twice as fast
  const reports::Picker picker(twice);
  EXPECT_TRUE(picker.fastest(reports::operation_of(twice.timings[0]), Tier::none).least ==
                  twice.timings.data() &&
              picker.fastest(reports::operation_of(twice.timings[1]), Tier::none).least ==
                  &twice.timings[1])
      << "each run has its own fastest";
  EXPECT_TRUE(holds(reports::verdict_line(twice), "(f32, labels, run 1): simd"))
      << "and its number";
}

/// From the best to the worst, in both orders of any two.
TEST(ReportNumbers, Worst) {
  const Verdict order[] = {Verdict::skipped, Verdict::passed, Verdict::mistrusted,
                           Verdict::undecided, Verdict::failed};
  for (const Verdict* one = std::begin(order); one != std::end(order); ++one)
    for (const Verdict* other = one; other != std::end(order); ++other) {
      EXPECT_TRUE(reports::worse(*one, *other) == *other && reports::worse(*other, *one) == *other)
          << std::string(to_string(*other)) + " beats " + std::string(to_string(*one));
      Results results;
      results.laws = {law("ties", "simd", *one)};
      results.accuracy = {accuracy("simd", "accurate", 0.5)};
      results.accuracy[0].verdict = *other;
      EXPECT_EQ(reports::overall(results),
                (*other == Verdict::skipped ? Verdict::nothing_checked : *other))
          << "overall";
    }
}

/// Each category counts in the total and is named.
TEST(ReportNumbers, Categories) {
  for (const CategoryName& one : all_categories) {
    Categories some;
    some.*one.member = 2;
    EXPECT_EQ(some.total(), 2) << std::string(one.key) + " counts";
    EXPECT_EQ(reports::categories_text(some), "2 " + std::string(one.words)) << "it is named";
  }
  EXPECT_TRUE(reports::categories_text({.inf_missing = 1, .not_zero = 3}) ==
                  "1 inf missing, 3 not zero" &&
              reports::categories_text({}) == "none")
      << "categories in words";
}

}  // namespace
