// SPDX-License-Identifier: MIT
// What verify says of implementations that are wrong: one line on each, failures by cause, and of
// the worst the numbers in decimal and hexadecimal, the error beside its bound and the logits.
#include "cli/verbs/verify/findings.hpp"

#include <cstddef>
#include <cstdlib>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "cli/layout.hpp"
#include "cli/verbs/verify/failures.hpp"
#include "properties/judging/accuracy.hpp"
#include "properties/verify.hpp"
#include "tests/mutants/mutants.hpp"

namespace {

using namespace xent;

bool holds(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

std::size_t count(const std::string& text, std::string_view part) {
  std::size_t found = 0;
  for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++found;
  return found;
}

/// What follows `name` in the first line that begins with it, spaces left out.
std::string line_of(const std::string& text, const std::string& name) {
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    line.erase(0, line.find_first_not_of(' '));
    if (line.starts_with(name + " ")) return line.substr(name.size() + 1);
  }
  return "";
}

/// Whether a text begins with a number of f32, once more in hexadecimal.
bool is_in_both_forms(const std::string& text) {
  const auto open = text.find('(');
  return open != std::string::npos && text.find("0x") != std::string::npos &&
         std::strtof(text.c_str(), nullptr) == std::strtof(text.c_str() + open + 1, nullptr);
}

constexpr properties::Budget tiny = {.name = "tiny",
                                     .loss_logits = 2000,
                                     .grad_logits = 100,
                                     .family_logits = 100,
                                     .most_classes = 1000,
                                     .most_soft_classes = 10};

/// A bound of a quarter of an ulp is broken in most families: one cause.
TEST(Findings, AccuracyByCause) {
  Implementation tight = tests::sound_implementation();
  tight.f32.loss_bound = [](const RowFacts&) noexcept { return ErrorBound{.ulp = 0.25}; };
  const auto records = properties::measure_accuracy(tight, DType::f32, tiny);
  std::size_t failed = 0;
  const AccuracyRecord* worst = &records.front();
  for (const AccuracyRecord& one : records) {
    if (one.verdict != Verdict::failed) continue;
    ++failed;
    if (one.errors.max_ratio > worst->errors.max_ratio) worst = &one;
  }
  const std::string text = cli::findings_text("mutant", {}, records, false);
  EXPECT_TRUE(failed > 10 &&
              holds(text, "  FAILED: loss_within_contract, loss, f32: " + std::to_string(failed) +
                              " checks, one cause; worst:\n"))
      << "one cause:\n" + text;
  EXPECT_TRUE(count(text, "FAILED") == 1 && count(text, "repeat: xent verify") == 1) << "said once";
  EXPECT_TRUE(holds(text, "case " + worst->errors.ratio_witness.case_id + ", row "))
      << "the worst case";
  EXPECT_TRUE(is_in_both_forms(line_of(text, "got"))) << "what was got: " + text;
  EXPECT_TRUE(is_in_both_forms(line_of(text, "expected"))) << "what is exact: " + text;
  EXPECT_TRUE(holds(text, " ulp off, the bound is 0.25 ulp ("))
      << "the error beside its bound:\n" + text;
  const std::string all = cli::findings_text("mutant", {}, records, true);
  EXPECT_TRUE(count(all, "FAILED") == failed && count(all, "1 check\n") == failed)
      << "each, if asked for";
  EXPECT_TRUE(holds(all, "  f32 loss: 0.5") && holds(all, " ulp of the exact value, "))
      << "both units";
}

/// The logits are those of the case, in both forms, where a row has up to 8 classes.
TEST(Findings, LogitsOfRows) {
  const auto made =
      cases::make_case<float>(cases::parse_recipe("f32/normal(3)/4x8/labels/none/seed=7"));
  const auto record = [](const char* id) {
    return LawRecord{.law = "ties",
                     .implementation = "mutant",
                     .dtype = "f32",
                     .verdict = Verdict::failed,
                     .message = "ties does not hold",
                     .command = "xent verify",
                     .instruction_set = "AVX2",
                     .witness = {.case_id = id,
                                 .row = 2,
                                 .got = "1 (0x1p+0)",
                                 .expected = "2 (0x1p+1)",
                                 .ulp = {},
                                 .command = {}}};
  };
  const auto text = [&](const char* id) {
    return cli::findings_text("mutant", {record(id)}, {}, false);
  };
  const std::string eight = text("f32/normal(3)/4x8/labels/none/seed=7");
  const std::string logits = line_of(eight, "logits");
  EXPECT_TRUE(count(logits, "(") == 8 && is_in_both_forms(logits) &&
              std::strtof(logits.c_str(), nullptr) == made.logits[16])
      << "the logits of row 2: " + eight;
  EXPECT_TRUE(holds(eight, "  FAILED: ties, loss, f32 on AVX2: 1 check\n"))
      << "where it failed: " + eight;
  EXPECT_TRUE(line_of(text("f32/normal(3)/4x9/labels/none/seed=7"), "logits").empty())
      << "nine are too many";
}

/// Laws that mistakes break, and what they do not claim.
TEST(Findings, LawsByCause) {
  for (const tests::Mutant& mutant : tests::mutants()) {
    std::vector<LawRecord> records;
    for (const DType dtype : {DType::f32, DType::f64})
      records.push_back(
          run_law(*properties::find_law(mutant.law), mutant.implementation, dtype, {.cases = 300}));
    LawRecord unclaimed = records.front();
    unclaimed.verdict = Verdict::skipped;
    unclaimed.message = "the reason";
    records.push_back(unclaimed);
    const std::string text = cli::findings_text("mutant", records, {}, false);
    const std::string what = std::string(mutant.mistake) + ":\n" + text;
    EXPECT_TRUE(text.starts_with("mutant: 0 laws passed, 2 failed, 1 not claimed\n")) << what;
    EXPECT_TRUE(count(text, "  FAILED: " + std::string(mutant.law) + ", ") == 2 &&
                holds(text, ", f32") && holds(text, ", f64"))
        << "a cause for each element type: " + what;
    EXPECT_EQ(count(text, "    repeat: xent verify --impl mutant"), 2)
        << "it can be repeated: " + what;
    EXPECT_TRUE(!line_of(text, "got").empty() && !line_of(text, "expected").empty())
        << "numbers: " + what;
    EXPECT_FALSE(holds(text, "the reason")) << "no reasons unless asked for";
    EXPECT_TRUE(
        holds(cli::findings_text("mutant", records, {}, true), ": not claimed: the reason\n"))
        << "reasons, if asked for";
  }
}

/// Lines that are not commands stay in 80 and in 40 columns, where their words do.
TEST(Findings, Widths) {
  Implementation tight = tests::sound_implementation();
  tight.f32.loss_bound = [](const RowFacts&) noexcept { return ErrorBound{.ulp = 0.25}; };
  const std::string text =
      cli::findings_text("mutant", {}, properties::measure_accuracy(tight, DType::f32, tiny), true);
  for (const std::size_t width : {80U, 40U}) {
    std::istringstream lines(cli::fitted(text, width));
    for (std::string line; std::getline(lines, line);) {
      const bool one_word = line.find(' ', line.find_first_not_of(' ')) == std::string::npos;
      EXPECT_TRUE(cli::columns_of(line) <= width || one_word || holds(line, "repeat: "))
          << std::to_string(width) + " columns: " + line;
    }
  }
}

}  // namespace
