// SPDX-License-Identifier: MIT
// Tables and lines of the program's text keep to a width, and keep every word whole.
#include "cli/table.hpp"

#include <sstream>
#include <string>

#include <gtest/gtest.h>

#include "cli/layout.hpp"

namespace {

const std::vector<xent::cli::TableRow> rows = {
    {"implementation", "shape", "targets", "ns/logit", "why"},
    {"log_sum_exp", "4096x10", "labels", "0.512", "promises stable, 3 ulp at most on 40 rows"},
    {"simd", "128x50257", "labels", "-", "outside the domain"}};

bool fits(const std::string& text, std::size_t width) {
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);)
    if (xent::cli::columns_of(line) > width) return false;
  return true;
}

bool holds(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

TEST(Table, Tables) {
  using xent::cli::table;
  EXPECT_EQ(table(rows, 100),
            "implementation      shape  targets  ns/logit  why\n"
            "log_sum_exp       4096x10  labels      0.512  promises stable, 3 ulp at most on 40 "
            "rows\n"
            "simd            128x50257  labels          -  outside the domain\n")
      << "a table that fits stays as it is:\n" + table(rows, 100);
  EXPECT_EQ(table(rows, 80),
            "targets: labels\n"
            "\n"
            "implementation      shape  ns/logit  why\n"
            "log_sum_exp       4096x10     0.512  promises stable, 3 ulp at most on 40 rows\n"
            "simd            128x50257         -  outside the domain\n")
      << "what is the same in every row is said once:\n" + table(rows, 80);
  EXPECT_EQ(table(rows, 60),
            "targets: labels\n"
            "\n"
            "implementation      shape  ns/logit  why\n"
            "log_sum_exp       4096x10     0.512  promises stable, 3 ulp\n"
            "                                     at most on 40 rows\n"
            "simd            128x50257         -  outside the domain\n")
      << "cells go on below:\n" + table(rows, 60);
  EXPECT_EQ(table(rows, 40),
            "targets: labels\n"
            "\n"
            "log_sum_exp\n"
            "  shape: 4096x10; ns/logit: 0.512;\n"
            "  why: promises stable, 3 ulp at most on\n"
            "    40 rows\n"
            "simd\n"
            "  shape: 128x50257; ns/logit: -;\n"
            "  why: outside the domain\n")
      << "rows become blocks:\n" + table(rows, 40);
  for (std::size_t width = 20; width < 120; ++width) {
    const std::string text = table(rows, width);
    EXPECT_TRUE(fits(text, width)) << "a table in " + std::to_string(width) + " columns:\n" + text;
    for (const char* word : {"log_sum_exp", "128x50257", "ns/logit", "promises", "labels"})
      EXPECT_TRUE(holds(text, word)) << std::string(word) + " stays whole:\n" + text;
  }
  EXPECT_TRUE(table({}, 80).empty()) << "no rows";
  EXPECT_EQ(table({{"name", "f32"}}, 80), "name  f32\n") << "a header alone";
  EXPECT_EQ(xent::cli::columns_of("4\u00A0×\u00A0ulp"), 7) << "characters, not bytes";
}

TEST(Table, Lines) {
  using xent::cli::fitted;
  EXPECT_EQ(fitted("short\n", 40), "short\n") << "a short line";
  EXPECT_EQ(fitted("a\n\nb", 40), "a\n\nb\n") << "an empty line stays";
  EXPECT_EQ(fitted("  one two three four\n", 12), "  one two\n    three\n    four\n")
      << "a line goes on deeper:\n" + fitted("  one two three four\n", 12);
  EXPECT_EQ(fitted("  a_word_that_is_longer_than_the_line b\n", 12),
            "  a_word_that_is_longer_than_the_line\n    b\n")
      << "a long word stays whole";
  const std::string command = "    repeat: xent verify --impl simd --law ties --dtype f32\n";
  EXPECT_EQ(fitted(command, 20), command) << "a command can be pasted";
}

}  // namespace
