// SPDX-License-Identifier: MIT
// The laws under test: a sound implementation passes them all, each known mistake is found by the
// law that is named for it, and the command that a failure prints repeats it.

#include <string>

#include <gtest/gtest.h>

#include "properties/verify.hpp"
#include "tests/mutants/mutants.hpp"

namespace {

using namespace xent;
using namespace xent::properties;

TEST(Laws, Sound) {
  for (const Law* law : laws())
    for (const DType dtype : all_dtypes) {
      const LawRecord record = run_law(*law, tests::sound_implementation(), dtype, {.cases = 150});
      EXPECT_EQ(record.verdict, Verdict::passed)
          << std::string(law->name) + " passes a sound kernel: " + record.message;
    }
}

// The recipe inside the quotes of `... --case 'ID'`.
std::string case_of(const std::string& command) {
  const auto begin = command.find('\'');
  if (begin == std::string::npos) return {};
  return command.substr(begin + 1, command.rfind('\'') - begin - 1);
}

void check_repeats(const Law& law, const tests::Mutant& mutant, DType dtype,
                   const LawRecord& record) {
  const std::string id = case_of(record.command);
  if (law.is_table()) {
    EXPECT_TRUE(id.empty()) << "a table has no case";
    return;
  }
  const auto again = run_law(law, mutant.implementation, dtype, {.only = cases::parse_recipe(id)});
  EXPECT_TRUE(again.verdict == Verdict::failed && again.message == record.message)
      << "the printed case repeats the failure: " + record.message;
}

void check_killed(const tests::Mutant& mutant, DType dtype) {
  const std::string name = std::string(mutant.mistake) + ", " + std::string(to_string(dtype));
  const Law* law = find_law(mutant.law);
  EXPECT_NE(law, nullptr) << std::string(mutant.law) + " is a law";
  if (law == nullptr) return;
  const LawRecord record = run_law(*law, mutant.implementation, dtype, {.cases = 300});
  EXPECT_EQ(record.verdict, Verdict::failed) << name + " is found by " + std::string(law->name);
  for (const std::string_view part : {mutant.law, to_string(dtype), std::string_view("expected")})
    EXPECT_NE(record.message.find(part), std::string::npos)
        << "'" + record.message + "' is complete";
  if (record.verdict == Verdict::failed) check_repeats(*law, mutant, dtype, record);
}

TEST(Laws, EveryLawKills) {
  for (const Law* law : laws()) {
    bool kills = false;
    for (const tests::Mutant& mutant : tests::mutants()) kills = kills || mutant.law == law->name;
    EXPECT_TRUE(kills) << std::string(law->name) + " has a mutant of its own";
  }
}

TEST(Laws, Unclaimed) {
  for (const Implementation* implementation : implementations())
    for (const Unclaimed& unclaimed : implementation->unclaimed) {
      const Law* law = find_law(unclaimed.law);
      EXPECT_NE(law, nullptr) << std::string(unclaimed.law) + ", not claimed by " +
                                     std::string(implementation->name) + ", is a law";
      if (law == nullptr) continue;
      const LawRecord record = run_law(*law, *implementation, DType::f32, {});
      EXPECT_TRUE(record.verdict == Verdict::skipped &&
                  record.message.find(unclaimed.reason) != std::string::npos)
          << "what is not claimed is skipped, with the reason";
    }
}

TEST(Laws, Mistrust) {
  const Law& law = *find_law("repeatable");
  const auto few = run_law(law, tests::sound_implementation(), DType::f32, {.cases = 99});
  EXPECT_TRUE(few.verdict == Verdict::mistrusted && few.cases == 99) << "99 cases are mistrusted";
  Implementation narrow = tests::sound_implementation();
  narrow.f32.domain.masked = false;
  const auto none = run_law(*find_law("masked_padding"), narrow, DType::f32, {});
  EXPECT_TRUE(none.verdict == Verdict::skipped && !none.message.empty())
      << "a law outside the domain is skipped, with the reason";
  const auto weightless =
      cases::parse_recipe("f32/two_classes(1)/1x2/labels+weight/mean/seed=3562699339");
  const auto by_zero =
      run_law(law, tests::sound_implementation(), DType::f32, {.only = weightless});
  EXPECT_TRUE(by_zero.verdict == Verdict::skipped && by_zero.message.ends_with("that is 0"))
      << "a case whose mean divides by 0 is skipped, with the reason";
}

TEST(Laws, EachMutantIsKilled) {
  for (const tests::Mutant& mutant : tests::mutants())
    for (const DType dtype : all_dtypes) check_killed(mutant, dtype);
}

}  // namespace
