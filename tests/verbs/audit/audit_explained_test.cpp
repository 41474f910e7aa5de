// SPDX-License-Identifier: MIT
// xent audit says what explains results that are wrong, and nothing of results that are not.
#include <cmath>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "tests/support/program.hpp"

namespace {

using namespace xent;
using tests::Program;
using Json = nlohmann::json;

constexpr std::size_t rows = 12;
constexpr std::size_t classes = 4;

/// Twelve rows of four classes; the losses of their logits over `temperature`.
struct Batch {
  std::vector<float> logits;
  std::vector<std::int64_t> labels;

  Batch() {
    for (std::size_t k = 0; k < rows * classes; ++k)
      logits.push_back(static_cast<float>((k * k * 7) % 23) / 4);
    for (std::size_t i = 0; i < rows; ++i) labels.push_back(static_cast<std::int64_t>(i % classes));
  }
  std::vector<float> losses(double temperature) const {
    std::vector<float> all;
    for (std::size_t i = 0; i < rows; ++i) {
      const float* x = &logits[i * classes];
      double sum = 0;
      for (std::size_t j = 0; j < classes; ++j)
        sum += std::exp(static_cast<double>(x[j]) / temperature);
      all.push_back(
          static_cast<float>(std::log(sum) - static_cast<double>(x[labels[i]]) / temperature));
    }
    return all;
  }
};

TEST(AuditExplained, AndWhatIsNot) {
  const Program xent;
  const Batch batch;
  const auto audit = [&](const std::vector<float>& loss) {
    return fmt::format(
        "audit --logits {} --labels {} --loss {}",
        xent.write<float>("x.npy", {rows, classes}, batch.logits),
        xent.write_labels("y.npy", batch.labels),
        xent.write<float>("l.npy", {static_cast<std::ptrdiff_t>(loss.size())}, loss));
  };
  const tests::Ran right = xent.run(audit(batch.losses(1)));
  EXPECT_EQ(right.code, 0) << right.text;
  EXPECT_EQ(right.text.find("EXPLAINED"), std::string::npos) << "nothing is wrong: " + right.text;

  const std::vector<float> cold = batch.losses(0.7);
  const tests::Ran text = xent.run(audit(cold));
  EXPECT_EQ(text.code, 1);
  EXPECT_NE(text.text.find("\nEXPLAINED: every row equals the result at temperature 0.7"),
            std::string::npos)
      << text.text;
  const Json found = xent.json(audit(cold))["explanations"];
  ASSERT_EQ(found.size(), 1U);
  EXPECT_TRUE(found[0]["name"] == "temperature" && found[0]["certainty"] == "explained" &&
              found[0]["rows_agreed"] == rows && found[0]["of"] == Json::array({"loss"}));
  EXPECT_NEAR(found[0]["parameter"].get<double>(), 0.7, 1e-5);

  float sum = 0;
  for (const float loss : batch.losses(1)) sum += loss;
  EXPECT_EQ(xent.json(audit({sum}))["explanations"][0]["name"], "reduction_sum");

  std::vector<float> noisy = batch.losses(1);
  for (std::size_t i = 0; i < rows; ++i)
    noisy[i] *= 1 + 0.01F * std::sin(1.7F * static_cast<float>(i + 1));
  EXPECT_NE(xent.run(audit(noisy)).text.find("\nUNEXPLAINED: "), std::string::npos);
  EXPECT_EQ(xent.json(audit(noisy))["explanations"], Json::array());
}

}  // namespace
