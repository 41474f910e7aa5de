// SPDX-License-Identifier: MIT
// Prints the matrix: each hypothesis planted into random problems and real data, and how often it
// is named.
#include "tests/explain/matrix.hpp"

#include <cstdio>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "explain/hypothesis.hpp"
#include "tests/support/long_run.hpp"

namespace xent::tests {
namespace {

void print(const std::string& line) { std::puts(line.c_str()); }

void run(const std::string& title, const std::vector<DType>& dtypes, int seeds,
         const std::string& data_set) {
  print(fmt::format("\n{}\n{:24} {:>4} {:>4} {:>4} {:>4} {:>4} {:>4}", title, "hypothesis", "all",
                    "can", "1", "tie", "poss", "par"));
  MatrixRow total;
  for (const explain::Hypothesis* one : explain::hypotheses()) {
    MatrixRow row;
    for (const DType dtype : dtypes)
      for (int seed = 0; seed < seeds; ++seed)
        row.add(try_plan(*one, plan_for(*one, dtype, static_cast<std::uint64_t>(seed), data_set)));
    print(to_text(std::string(one->name), row));
    total.add(row);
  }
  total.ties.clear();
  total.else_named.clear();
  print(to_text("all", total));
  EXPECT_GE(total.named(), 0.95 * total.identifiable);
}

TEST(Matrix, RandomProblems) {
  const int seeds = is_long_run() ? 20 : 2;
  run("f32, random", {DType::f32}, seeds, "");
  run("f64, random", {DType::f64}, seeds, "");
  run("bf16, random", {DType::bf16}, seeds, "");
}

// Each convention of a row beside each of three reductions.
TEST(Matrix, Pairs) {
  print(fmt::format("\nf32, pairs with a reduction\n{:24} {:>4} {:>4} {:>4} {:>4} {:>4} {:>4}",
                    "hypothesis", "all", "can", "1", "tie", "poss", "par"));
  MatrixRow total;
  const std::uint64_t seeds = is_long_run() ? 6 : 1;
  for (const explain::Hypothesis* one : explain::hypotheses()) {
    if (one->part != explain::Part::row || one->name == "constant_factor") continue;
    MatrixRow row;
    for (const char* name : {"reduction_sum", "divisor_elements", "divisor_batch"})
      for (std::uint64_t seed = 0; seed < seeds; ++seed)
        row.add(try_pair(*one, *explain::find_hypothesis(name), plan_for(*one, DType::f32, seed)));
    print(to_text(std::string(one->name), row));
    total.add(row);
  }
  EXPECT_GE(total.named(), 0.95 * total.identifiable);
}

TEST(Matrix, RealData) {
  run("f32, digits", {DType::f32}, 1, "digits");
  if (!is_long_run()) GTEST_SKIP() << "ocr_ctc and lm_gpt2bpe: ctest --preset long";
  run("f32, ocr_ctc", {DType::f32}, 1, "ocr_ctc");
  run("f32, lm_gpt2bpe", {DType::f32}, 1, "lm_gpt2bpe");
}

}  // namespace
}  // namespace xent::tests
