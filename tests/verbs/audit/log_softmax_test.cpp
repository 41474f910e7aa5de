// SPDX-License-Identifier: MIT
// The log-softmax as a result: of the reference, judged, and explained where it is wrong; and
// losses as log-probabilities.
#include <cmath>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "tests/support/program.hpp"
#include "tests/verbs/typed_npy.hpp"

namespace {

using namespace xent;
using namespace xent::tests;

/// Four rows of three classes, the last of them masked, and their labels.
struct Files {
  explicit Files(const Program& xent)
      : logits(xent.write<float>("x.npy", {4, 3}, values)),
        labels(write_npy<std::int64_t>(xent, "y.npy", "<i8", "(4,)", {0, 1, 2, 0})) {}

  std::string problem() const { return fmt::format(" --logits {} --labels {}", logits, labels); }
  /// The log-softmax times that factor of logits divided by that temperature.
  static std::vector<float> log_softmax(double factor, double temperature) {
    std::vector<float> result;
    for (std::size_t i = 0; i < values.size(); i += 3) {
      double sum = 0;
      for (std::size_t j = i; j < i + 3; ++j) sum += std::exp(double{values[j]} / temperature);
      for (std::size_t j = i; j < i + 3; ++j)
        result.push_back(
            static_cast<float>(factor * (double{values[j]} / temperature - std::log(sum))));
    }
    return result;
  }

  inline static const std::vector<float> values = {0, 1, 2, -1, 3, 0.5F, 4, -2, 1, 0, 0, -INFINITY};
  std::string logits, labels;
};

TEST(LogSoftmax, OfTheReferenceIsRight) {
  const Program xent;
  const Files files(xent);
  const Ran eval = xent.run("eval --impl reference" + files.problem() + " --log-softmax-out " +
                            xent.file("u.npy"));
  EXPECT_EQ(eval.code, 0) << eval.text;
  const Ran audit = xent.run("audit" + files.problem() + " --log-softmax " + xent.file("u.npy"));
  EXPECT_TRUE(audit.code == 0 && audit.text.find("RIGHT") != std::string::npos &&
              audit.text.find("log-softmax") != std::string::npos)
      << audit.text;
}

TEST(LogSoftmax, IsJudgedAndExplained) {
  const Program xent;
  const Files files(xent);
  const auto audit = [&](double factor, double temperature) {
    const std::string file =
        xent.write<float>("v.npy", {4, 3}, Files::log_softmax(factor, temperature));
    return xent.run("audit" + files.problem() + " --log-softmax " + file);
  };
  EXPECT_EQ(audit(1, 1).code, 0) << audit(1, 1).text;
  const Ran hot = audit(1, 2);
  EXPECT_TRUE(hot.code == 1 && hot.text.find("temperature 2") != std::string::npos) << hot.text;
  const Ran of_base_2 = audit(1 / std::log(2.0), 1);
  EXPECT_TRUE(of_base_2.code == 1 && of_base_2.text.find("base 2") != std::string::npos)
      << of_base_2.text;
}

TEST(LogSoftmax, LossesAsLogProbabilities) {
  const Program xent;
  const Files files(xent);
  const std::vector<float> u = Files::log_softmax(1, 1);
  const std::vector<float> chosen = {u[0], u[4], u[8], u[9]};
  const std::string file = xent.write<float>("w.npy", {4}, chosen);
  const std::string given = files.problem() + " --reduction none";
  EXPECT_EQ(xent.run("audit" + given + " --out log-probs --loss " + file).code, 0);
  EXPECT_EQ(xent.run("audit" + given + " --loss " + file).code, 1) << "of the other sign";
  const Ran eval = xent.run("eval --impl sparse --out log-probs" + given);
  EXPECT_EQ(eval.code, 0) << eval.text;
  EXPECT_NEAR(std::stod(eval.text), double{u[0]}, 1e-6) << eval.text;
}

}  // namespace
