// SPDX-License-Identifier: MIT
// eval with --teacher-classes and --teacher-log-probs: a few classes of each row in any order,
// their cross-entropy and divergence, and what is refused.
#include <cmath>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "tests/support/expect_fault.hpp"
#include "tests/support/program.hpp"
#include "tests/verbs/evaluators.hpp"
#include "tests/verbs/typed_npy.hpp"

namespace {

using namespace xent;
using namespace xent::tests;

constexpr float log_2 = 0x1.62e43p-1F;

/// Two rows of logits, and of a teacher two classes with the probabilities 1/2 and 1/4.
struct Files {
  explicit Files(const Program& xent)
      : logits(xent.write<float>("x.npy", {2, 3}, {0, 1, 2, 1, 1, 1})),
        classes(write_npy<std::int64_t>(xent, "k.npy", "<i8", "(2, 2)", {2, 0, 1, 2})),
        log_probs(xent.write<float>("q.npy", {2, 2}, {-log_2, -2 * log_2, -log_2, -2 * log_2})) {}

  std::string problem(const std::string& of_classes) const {
    return fmt::format(" --logits {} --teacher-classes {} --teacher-log-probs {} --reduction none",
                       logits, of_classes, log_probs);
  }

  std::string logits, classes, log_probs;
};

TEST(Teacher, EveryImplementation) {
  const Program xent;
  const Files files(xent);
  const double lse = std::log(1 + std::exp(1.0) + std::exp(2.0));
  const double first = 0.5 * (lse - 2) + 0.25 * lse, second = 0.75 * std::log(3.0);
  const double entropy = std::log(2.0);  // 1/2 log 2 + 1/4 log 4
  for (const std::string& name : evaluators()) {
    const std::string eval = "eval --impl " + name + files.problem(files.classes);
    const Ran plain = xent.run(eval);
    std::size_t used = 0;
    EXPECT_NEAR(std::stod(plain.text, &used), first, 1e-6) << name << ": " << plain.text;
    EXPECT_NEAR(std::stod(plain.text.substr(used)), second, 1e-6) << name << ": " << plain.text;
    const Ran divergence = xent.run(eval + " --kl-divergence");
    EXPECT_NEAR(std::stod(divergence.text, &used), first - entropy, 1e-6)
        << name << ": " << divergence.text;
  }
}

TEST(Teacher, Refused) {
  const Program xent;
  const Files files(xent);
  const auto run = [&](const std::string& classes) {
    return xent.run("eval --impl simd" + files.problem(classes));
  };
  const auto of = [&](const char* name, const char* shape, const std::vector<std::int64_t>& ids) {
    return write_npy<std::int64_t>(xent, name, "<i8", shape, ids);
  };
  expect_refused(run(of("twice.npy", "(2, 2)", {2, 0, 1, 1})),
                 "twice.npy: row 1 has the class 1 twice");
  expect_refused(run(of("far.npy", "(2, 2)", {2, 0, 1, 3})), "label 3 of row 1 is not in [0, 3)");
  expect_refused(run(of("three.npy", "(2, 3)", {0, 1, 2, 0, 1, 2})),
                 "q.npy: has the shape [2, 2], not [2, 3]");
  expect_refused(run(of("rows.npy", "(3, 2)", {0, 1, 0, 1, 0, 1})),
                 "rows.npy: has the shape [3, 2], not that of the labels, [2], and an axis more");
  expect_refused(xent.run(fmt::format("eval --impl simd --logits {} --teacher-classes {}",
                                      files.logits, files.classes)),
                 "--teacher-classes and --teacher-log-probs go together");
}

}  // namespace
