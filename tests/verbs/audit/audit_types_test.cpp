// SPDX-License-Identifier: MIT
// xent audit of 16-bit logits: a loss in f32, a gradient in the type of the logits, each in its own
// ulp.
#include <algorithm>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "tests/support/program.hpp"

namespace {

using namespace xent;
using tests::Program;
using Json = nlohmann::json;

/// Logits [2, 4] of that type.
template <class T>
std::string write_as(const Program& xent, const std::vector<double>& numbers) {
  std::vector<T> values(numbers.size());
  std::transform(numbers.begin(), numbers.end(), values.begin(),
                 [](double v) { return static_cast<T>(v); });
  return xent.write<T>("h.safetensors:logits", {2, 4}, values);
}

TEST(AuditTypes, Types) {
  const Program xent;
  for (const char* type : {"bf16", "f16"}) {
    const bool is_bf16 = std::string(type) == "bf16";
    const std::vector<double> numbers = {2.5, -1.25, 0.75, 11, 0.03125, -7, 4, 4};
    const std::string x = is_bf16 ? write_as<bf16>(xent, numbers) : write_as<f16>(xent, numbers);
    const std::string probs =
        xent.write<float>("p.npy", {2, 4}, {1, 0, 0, 0, .25F, .25F, .25F, .25F});
    const std::string problem = fmt::format("--logits {} --probs {} --reduction none", x, probs);
    const std::string grad = xent.file("hg.safetensors");
    EXPECT_EQ(xent.run(fmt::format("eval --impl reference {} --loss-out {} --grad-out {}", problem,
                                   xent.file("hl.npy"), grad))
                  .code,
              0)
        << fmt::format("{} logits, f32 probabilities", type);
    const std::string audit =
        fmt::format("audit {} --loss {} --grad {}", problem, xent.file("hl.npy"), grad);
    const Json found = xent.json(audit + " --max-ulp 0.5");
    EXPECT_TRUE(found["verdict"] == "right" && found["loss"]["ulp_of"] == "f32" &&
                found["grad"]["ulp_of"] == type && found["grad"]["count"] == 8)
        << fmt::format("a loss in f32, a gradient in {}", type);
    const Json in_f32 = xent.json(audit + " --ulp-of f32");
    EXPECT_GT(in_f32["grad"]["max_ulp"], 100) << "which is coarse in ulp of f32";
  }
}

}  // namespace
