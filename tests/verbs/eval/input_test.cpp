// SPDX-License-Identifier: MIT
// eval and audit with --input and --clip: numbers worked out by hand, every implementation beside
// the reference, and what an audit says where what was given was taken for something else.
#include <cmath>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "tests/support/program.hpp"
#include "tests/verbs/evaluators.hpp"
#include "tests/verbs/typed_npy.hpp"

namespace {

using namespace xent;
using namespace xent::tests;

/// Three rows of probabilities, which sum to 1 but for the last, and their labels.
struct Given {
  explicit Given(const Program& xent)
      : labels(write_npy<std::int64_t>(xent, "y.npy", "<i8", "(3,)", {0, 1, 0})),
        probs(xent.write<float>("p.npy", {3, 2}, {0.25F, 0.75F, 0.5F, 0.5F, 1, 1})),
        logs(xent.write<float>("z.npy", {3, 2}, {-2, -1, -0.5F, -3, 0, -1})) {}

  std::string of_probs() const {
    return fmt::format(" --logits {} --labels {} --input probs --reduction none", probs, labels);
  }
  std::string of_logs() const {
    return fmt::format(" --logits {} --labels {} --input log-probs --reduction none", logs, labels);
  }

  std::string labels, probs, logs;
};

TEST(Input, EveryImplementation) {
  const Program xent;
  const Given given(xent);
  for (const std::string& name : evaluators()) {
    const auto run = [&](const std::string& more) {
      return xent.run(fmt::format("eval --impl {}{}", name, more));
    };
    expect_numbers(run(given.of_logs()), {2, 3, 0}, name + ", log-probabilities");
    expect_numbers(run(given.of_probs()), {std::log(4), std::log(2), 0}, name + ", probabilities");
    expect_numbers(run(given.of_probs() + " --clip 0.25"),
                   {std::log(4), std::log(2), -std::log(0.75)}, name + ", clipped");
    expect_numbers(run(given.of_logs() + " --label-smoothing 0.5"), {1.75, 2.375, 0.25},
                   name + ", smoothed");
  }
}

/// Results of which a softmax was taken once too often, once too rarely, or the logarithm not.
TEST(Input, Audit) {
  const Program xent;
  const Given given(xent);
  const auto says = [&](const std::string& problem, const std::vector<float>& loss,
                        const std::string& text, int code) {
    const std::string file = xent.write<float>("loss.npy", {3}, loss);
    const Ran ran = xent.run("audit" + problem + " --loss " + file);
    EXPECT_TRUE(ran.code == code && ran.text.find(text) != std::string::npos) << ran.text;
  };
  const float log_4 = std::log(4.0F), log_2 = std::log(2.0F);
  says(given.of_logs(), {2, 3, 0}, "RIGHT", 0);
  says(given.of_probs(), {log_4, log_2, 0}, "RIGHT", 0);
  says(given.of_probs(), {-0.25F, -0.5F, -1}, "the logarithm is left out", 1);
  says(given.of_probs(), {-0.25F, -0.5F, -1}, "its probs: 1, 1", 1);
  const float second = std::log1p(std::exp(0.5F));  // of the probabilities 0.25 and 0.75 at 0.25
  says(given.of_probs(), {second, log_2, log_2}, "probabilities taken for logits", 1);
  says(given.of_probs() + " --clip 0.25", {log_4, log_2, 0}, "without the clipping", 1);
}

}  // namespace
