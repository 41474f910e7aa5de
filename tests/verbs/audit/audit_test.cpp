// SPDX-License-Identifier: MIT
// xent audit: what it makes of results that are known to be so many ulp off, of one reduction or
// another, and its exit codes.
#include <cmath>
#include <limits>
#include <string_view>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "tests/support/program.hpp"
#include "tests/verbs/audit/audited_batch.hpp"

namespace {

using namespace xent;
using tests::Program;
using Batch = tests::AuditedBatch;
using Json = nlohmann::json;

float steps(float x, int k) {
  const float to = std::copysign(std::numeric_limits<float>::infinity(), static_cast<float>(k));
  for (int i = 0; i < std::abs(k); ++i) x = std::nextafter(x, to);
  return x;
}

TEST(Audit, Distances) {
  const Program xent;
  Batch batch(xent);
  const Json right = xent.json(batch.results());
  EXPECT_TRUE(right["verdict"] == "right" && right["good"] == true && right["loss"]["count"] == 3 &&
              right["loss"]["correctly_rounded"] == 3 && right["loss"]["max_ulp"] <= 0.5)
      << "the reference's losses are correctly rounded";
  EXPECT_TRUE(right["grad"]["count"] == 12 && right["grad"]["correctly_rounded"] == 12 &&
              right["grad_at_label"]["count"] == 3)
      << "and its gradient";
  batch.loss[2] = steps(batch.loss[2], 7);
  batch.grad[5] = steps(batch.grad[5], -40);  // at the label of row 1
  batch.grad[10] = steps(batch.grad[10], 90);
  const Json off = xent.json(batch.results());
  const double loss_ulp = off["loss"]["max_ulp"];
  const double grad_ulp = off["grad"]["max_ulp"];
  const double label_ulp = off["grad_at_label"]["max_ulp"];
  EXPECT_TRUE(std::abs(loss_ulp - 7) <= 0.5 && off["loss"]["max_witness"]["row"] == 2)
      << "a loss 7 ulp off";
  EXPECT_TRUE(std::abs(grad_ulp - 90) <= 0.5 && off["grad"]["max_witness"]["column"] == 2)
      << "a component 90 ulp off";
  EXPECT_TRUE(std::abs(label_ulp - 40) <= 0.5 && off["grad_at_label"]["max_witness"]["row"] == 1)
      << "the label's component 40 ulp off";
  EXPECT_TRUE(off["loss"]["max_backward"] > 0 && off["loss"]["max_relative"] > 0 &&
              off["loss"]["max_absolute"] > 0)
      << "the other views";
}

TEST(Audit, ExitCodes) {
  const Program xent;
  Batch batch(xent);
  batch.loss[1] = steps(batch.loss[1], 3);
  EXPECT_EQ(xent.run(batch.results()).code, 0) << "3 ulp off is right";
  EXPECT_EQ(xent.run(batch.results() + " --max-ulp 3.5").code, 0) << "3 ulp are at most 3.5";
  const tests::Ran failed = xent.run(batch.results() + " --max-ulp 2.4");
  EXPECT_TRUE(failed.code == 1 && failed.text.find("FAILED") != std::string::npos)
      << "but above 2.4";
  batch.loss[1] = batch.loss[0] = 0;
  const Json lost = xent.json(batch.results());
  EXPECT_TRUE(lost["loss"]["categories"]["lost"] == 2 && lost["loss"]["max_ulp"] <= 0.5)
      << "lost losses count, and are in no maximum";
  EXPECT_TRUE(lost["loss"]["category_witness"]["row"] == 0 &&
              lost["loss"]["category_witness"]["ulp"] > 8e6)
      << "the first of them, in ulp";
  EXPECT_EQ(lost["verdict"], "wrong") << "a loss of 4 that became 0";
  EXPECT_EQ(xent.run(batch.results()).code, 1);
  EXPECT_EQ(xent.run(batch.results() + " --max-ulp 1e9").code, 1) << "and fail any limit";
  EXPECT_EQ(xent.run("audit " + batch.problem).code, 2) << "nothing to judge";
  EXPECT_EQ(xent.run(batch.results() + " --max-ulp -1").code, 2) << "a limit below 0";
}

TEST(Audit, Reductions) {
  const Program xent;
  Batch batch(xent);
  const auto reduced = [&](const std::string& reduction) {
    const std::string loss = xent.file("r.npy");
    const std::string grad = xent.file("rg.npy");
    const std::string named = reduction.empty() ? "" : " --reduction " + reduction;
    EXPECT_EQ(xent.run(fmt::format("eval --impl reference {} --loss-out {} --grad-out {}{}",
                                   batch.problem, loss, grad, named))
                  .code,
              0)
        << "the reference reduces";
    return fmt::format("audit {} --loss {} --grad {}", batch.problem, loss, grad);
  };
  EXPECT_EQ(xent.run(reduced("") + " --max-ulp 0.5").code, 0)
      << "one number is the mean unless told";
  EXPECT_EQ(xent.run(reduced("sum") + " --max-ulp 0.5").code, 1) << "and a sum is no mean";
  EXPECT_EQ(xent.run(reduced("sum") + " --reduction sum --max-ulp 0.5").code, 0) << "unless told";
  (void)reduced("mean");
  const std::string mixed = fmt::format("audit {} --loss {} --grad {} --reduction mean",
                                        batch.problem, xent.file("l.npy"), xent.file("rg.npy"));
  EXPECT_EQ(xent.run(mixed + " --max-ulp 0.5").code, 0)
      << "losses of rows beside the gradient of the mean, where that is named";
  EXPECT_EQ(xent.run(reduced("mean") + " --reduction none").code, 2)
      << "one number is no row of losses";
}

/// A reduction that is named is judged, whatever the shape says; what is inferred or assumed is
/// told.
TEST(Audit, OneRow) {
  const Program xent;
  const std::string problem = fmt::format(
      "--logits {} --labels {} --weight {}", xent.write<float>("x1.npy", {1, 3}, {1, 2, 3}),
      xent.write_labels("y1.npy", {0}), xent.write<float>("w1.npy", {3}, {4, 1, 1}));
  const auto audit = [&](const char* reduction, const char* made, const std::string& more) {
    const std::string loss = xent.file("m.npy");
    const std::string grad = xent.file("mg.npy");
    EXPECT_EQ(
        xent.run(fmt::format("eval --impl reference {} --reduction {} --loss-out {} --grad-out {}",
                             problem, made, loss, grad))
            .code,
        0)
        << "the reference reduces";
    return xent.run(fmt::format("audit {} {} --max-ulp 0.5 {}", problem, reduction,
                                more == "grad" ? "--grad " + grad : "--loss " + loss));
  };
  for (const char* made : {"mean", "sum", "none"})
    for (const char* named : {"mean", "sum", "none"}) {
      const tests::Ran ran = audit(fmt::format("--reduction {}", named).c_str(), made, "loss");
      if (std::string_view(named) == "none" && std::string_view(made) != "none") {
        EXPECT_EQ(ran.code, 2) << "one number is not the losses of rows";
        continue;
      }
      const bool same = (std::string_view(made) == "mean") == (std::string_view(named) == "mean");
      EXPECT_EQ(ran.code, (same ? 0 : 1)) << fmt::format("{} judged as {}", made, named);
      EXPECT_NE(ran.text.find(fmt::format("loss: {}\n", named)), std::string::npos) << ran.text;
    }
  EXPECT_NE(audit("", "none", "loss").text.find("loss: none (by its shape)"), std::string::npos)
      << "what is inferred is told";
  const tests::Ran grad = audit("", "mean", "grad");
  EXPECT_TRUE(grad.code == 0 && grad.text.find("gradient: mean (assumed") != std::string::npos)
      << "so is what is assumed of a gradient alone";
}

TEST(Audit, Nothing) {
  const Program xent;
  const std::string x = xent.write<float>("x0.npy", {0, 3}, {});
  const tests::Ran ran =
      xent.run(fmt::format("audit --logits {} --labels {} --loss {} --max-ulp 1", x,
                           xent.write_labels("y0.npy", {}), xent.write<float>("l0.npy", {0}, {})));
  EXPECT_TRUE(ran.code == 1 &&
              ran.text.find("NOTHING CHECKED: there are no values") != std::string::npos)
      << "no rows: " + ran.text;
}

}  // namespace
