// SPDX-License-Identifier: MIT
// xent audit: errors in ulp of the exact value and in ulp of the terms that may cancel, each by its
// name; a sign or a zero is never hidden by a unit; no number is printed where there is none, nor
// rounded to the limit that it breaks.
#include <limits>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "tests/support/program.hpp"

namespace {

using namespace xent;
using tests::Program;
using tests::Ran;
using Json = nlohmann::json;

bool holds(const Ran& ran, const std::string& part) {
  return ran.text.find(part) != std::string::npos;
}

/// q = (0.5, 0.5), logits 7.5e-9 apart: the two terms of 0.25 cancel to 1.87e-9.
TEST(AuditUnits, SoftGradient) {
  const Program xent;
  const std::string x = xent.write<float>("x.npy", {1, 2}, {7.4761761e-9F, 0});
  const std::string q = xent.write<float>("q.npy", {1, 2}, {0.5F, 0.5F});
  const auto audit = [&](float first, float second) {
    return fmt::format("audit --logits {} --probs {} --reduction none --max-ulp 1 --grad {}", x, q,
                       xent.write<float>("g.npy", {1, 2}, {first, second}));
  };
  const Json lost = xent.json(audit(0, 0));
  EXPECT_TRUE(lost["verdict"] == "textbook" && lost["gate"]["passed"] == false &&
              lost["grad"]["categories"]["lost"] == 2 && lost["grad"]["correctly_rounded"] == 0 &&
              !lost["grad"].contains("max_ulp"))
      << "a gradient lost to zero is not correctly rounded, and has no error in ulp";
  const Json sign = xent.json(audit(-1e-8F, 1e-8F));
  EXPECT_TRUE(sign["verdict"] == "textbook" && sign["gate"]["passed"] == false &&
              sign["grad"]["categories"]["wrong_sign"] == 2 &&
              sign["grad"]["correctly_rounded"] == 0)
      << "nor is one of wrong sign";
  const Json off = xent.json(audit(1.9e-9F, -1.9e-9F));
  EXPECT_TRUE(off["verdict"] == "textbook" && off["gate"]["passed"] == false &&
              off["grad"]["max_ulp"] > 1e5 && off["grad"]["max_terms_ulp"] < 0.01 &&
              off["grad"]["max_terms_ulp"] > 0)
      << "both units, and the limit is in ulp of the exact value";
  const Ran text = xent.run(audit(1.9e-9F, -1.9e-9F) + " --details");
  EXPECT_TRUE(text.code == 1 && holds(text, "in ulp of the exact value in f32") &&
              holds(text, "ulp of the terms that may cancel"))
      << "each by its name: " + text.text;
}

/// exp(x0) + exp(x1) + exp(x2) just below 1: the log-sum-exp cancels. So does a loss with weights
/// of both signs.
TEST(AuditUnits, LogSumExp) {
  const Program xent;
  const std::string x = xent.write<float>("x.npy", {1, 3}, {-1.0986123F, -1.0986123F, -1.0986123F});
  const std::string y = xent.write_labels("y.npy", {0});
  for (const float lse : {0.0F, 5e-8F}) {
    const Ran ran = xent.run(fmt::format("audit --logits {} --labels {} --lse {} --max-ulp 1", x, y,
                                         xent.write<float>("s.npy", {1}, {lse})));
    EXPECT_TRUE(ran.code == 1 && holds(ran, lse == 0 ? "became 0" : "has the wrong sign"))
        << "a log-sum-exp near 0: " + ran.text;
  }
  const std::string far = xent.write<float>("x.npy", {1, 3}, {30, 0, 0});
  const std::string audit = fmt::format(
      "audit --logits {} --labels {} --label-smoothing 0.1 --weight {} --reduction none --loss {} "
      "--max-ulp 1",
      far, y, xent.write<float>("w.npy", {3}, {1, -1, 1}), xent.write<float>("l.npy", {1}, {0}));
  EXPECT_EQ(xent.run(audit).code, 1) << "a loss with smoothing that is 0 for a number";
}

/// What was not measured is absent: a log-sum-exp and a reduced loss have no backward error.
TEST(AuditUnits, Absent) {
  const Program xent;
  const std::string problem =
      fmt::format("--logits {} --labels {}", xent.write<float>("x.npy", {1, 2}, {1, 2}),
                  xent.write_labels("y.npy", {0}));
  const std::string audit =
      fmt::format("audit {} --reduction mean --loss {} --lse {}", problem,
                  xent.write<float>("l.npy", {1}, {1.3F}), xent.write<float>("s.npy", {1}, {2.3F}));
  const Json json = xent.json(audit);
  for (const char* of : {"loss", "lse"})
    EXPECT_TRUE(!json[of].contains("max_backward") && !json[of].contains("backward_witness") &&
                json[of].contains("max_ratio") && json[of].contains("max_relative"))
        << std::string(of) + ": no measure that was not taken";
  EXPECT_FALSE(holds(xent.run(audit + " --details"), "backward")) << "nor in the text";
}

/// An exact loss of 0, and what is no number.
TEST(AuditUnits, NoNumbers) {
  const Program xent;
  const std::string problem =
      fmt::format("--logits {} --labels {}", xent.write<float>("x.npy", {1, 1}, {3}),
                  xent.write_labels("y.npy", {0}));
  for (const float got : {std::numeric_limits<float>::infinity(), std::nanf(""), 1e-9F}) {
    const Ran ran = xent.run(fmt::format("audit {} --loss {} --max-ulp 1", problem,
                                         xent.write<float>("l.npy", {1}, {got})));
    EXPECT_TRUE(ran.code == 1 && holds(ran, "exact 0)") && !holds(ran, "ulp off"))
        << "no number of ulp: " + ran.text;
  }
}

/// An error just above the limit is printed above it; a share just below all of them is not all.
TEST(AuditUnits, Limits) {
  const Program xent;
  const std::string problem =
      fmt::format("--logits {} --labels {}", xent.write<float>("x.npy", {1, 2}, {0, 0}),
                  xent.write_labels("y.npy", {0}));
  const std::string loss = fmt::format("audit {} --loss {} --max-ulp ", problem,
                                       xent.write<float>("l.npy", {1}, {0x1.62e43p-1F + 0x1p-23F}));
  const double off = xent.json(loss + "1000")["loss"]["max_ulp"];
  const Ran failed = xent.run(loss + fmt::format("{:.6f}", off - 1e-6));
  EXPECT_EQ(failed.code, 1) << "an error just above the limit fails";
  const auto at = failed.text.find("the loss is ");
  EXPECT_TRUE(at != std::string::npos && std::stod(failed.text.substr(at + 12)) > off - 1e-6)
      << "and is printed above it: " + failed.text;
}

}  // namespace
