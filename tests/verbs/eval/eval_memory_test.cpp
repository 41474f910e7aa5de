// SPDX-License-Identifier: MIT
// xent eval: beside the logits it holds the gradient once, whoever computes it.
#include <filesystem>

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <sys/resource.h>

#include "tests/support/npy_bytes.hpp"
#include "tests/support/program.hpp"

namespace {

using namespace xent;
using tests::Program;

/// The most memory that a run so far has held at a time, in bytes.
double peak() {
  rusage usage{};
  EXPECT_EQ(::getrusage(RUSAGE_CHILDREN, &usage), 0) << "memory is accounted for";
  return 1024.0 * static_cast<double>(usage.ru_maxrss);
}

/// Zeros in f32 and their labels. This program never holds them: what it held would count as held
/// by what it runs.
std::string problem(const Program& xent, std::ptrdiff_t rows, std::ptrdiff_t classes) {
  const std::string header =
      fmt::format("{{'descr': '<f4', 'fortran_order': False, 'shape': ({}, {}), }}", rows, classes);
  const std::string bytes = tests::npy(header, "");
  const std::string logits = xent.file("x.npy");
  tests::write_bytes(logits, bytes);
  std::filesystem::resize_file(logits, bytes.size() + static_cast<std::size_t>(4 * rows * classes));
  const std::vector<std::int64_t> labels(static_cast<std::size_t>(rows));
  return fmt::format("--logits {} --labels {} --grad-out {}", logits,
                     xent.write_labels("y.npy", labels), xent.file("g.npy"));
}

/// `before`: the peak of a program that does nothing.
void check(const Program& xent, const std::string& how, std::ptrdiff_t rows, std::ptrdiff_t classes,
           double before) {
  const tests::Ran ran = xent.run(fmt::format("eval {} {}", how, problem(xent, rows, classes)));
  EXPECT_EQ(ran.code, 0) << how + " evaluates: " + ran.text;
  const double times = (peak() - before) / static_cast<double>(4 * rows * classes);
  EXPECT_LT(times, 2.5) << fmt::format("{} holds {:.2f} times the logits, with the gradient", how,
                                       times);
}

TEST(EvalMemory, HoldsTheGradientOnce) {
  const Program xent;
  EXPECT_EQ(xent.run("--version").code, 0) << "the program starts";
  const double before = peak();
  check(xent, "--impl reference --threads 1", 1024, 1024, before);  // the smaller one first
  check(xent, "--impl simd", 128, 65536, before);
  check(xent, "--impl simd --in-place", 128, 65536, before);
}

}  // namespace
