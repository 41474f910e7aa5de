// SPDX-License-Identifier: MIT
// xent bench and xent pick: the records are of the implementations, shapes and threads asked for.
#include <algorithm>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <sched.h>

#include "tests/support/program.hpp"

namespace {

using namespace xent;
using Json = nlohmann::json;

/// Each timing as "simd 3x5 labels 2", the last number the threads.
std::vector<std::string> cells(const Json& results) {
  std::vector<std::string> all;
  for (const Json& one : results.value("timings", Json::array()))
    all.push_back(one["implementation"].get<std::string>() + " " + one["batch"].dump() + "x" +
                  one["classes"].dump() + " " + one["targets"].get<std::string>() + " " +
                  one["threads"].dump());
  return all;
}

const std::string quick = "--repetitions 1 --min-time 1e-4 ";

TEST(BenchProgram, Bench) {
  const tests::Program xent;
  const Json results =
      xent.json("bench --impl 's?arse,simd,si*' --shapes 3x5,2x7 --threads 2 " + quick);
  EXPECT_EQ(cells(results), (std::vector<std::string>{"sparse 3x5 labels 2", "simd 3x5 labels 2",
                                                      "sparse 2x7 labels 2", "simd 2x7 labels 2"}))
      << "each implementation once, on each shape in turn";
  for (const Json& roof : results.value("roofs", Json::array()))
    EXPECT_TRUE(roof["kind"] == "read" && roof["threads"] == 2) << "without gradient, reads alone";
  const std::string one = "bench --impl simd --shapes 3x500 " + quick;
  const Json gaps = xent.json(one + "--family 'deep_gap(400)'");
  EXPECT_NE(gaps["timings"][0]["checked_ulp"], xent.json(one)["timings"][0]["checked_ulp"])
      << "the logits of another family have other errors";
  const std::string text = xent.run("bench --impl simd --shapes 3x5 --grad " + quick).text;
  for (const char* kind : {"read", "write", "nt_write", "copy", "nt_copy"})
    EXPECT_NE(text.find(std::string("  ") + kind + "  "), std::string::npos)
        << std::string(kind) + " is in the table";
}

TEST(BenchProgram, FormsAndLayouts) {
  const tests::Program xent;
  const std::string bench = "bench --impl simd " + quick;
  const auto timing = [&](const std::string& options) {
    return xent.json(bench + options)["timings"].at(0);
  };
  const Json smoothed =
      timing("--shapes 30x5 --targets smoothed --weight --row-weight --ignore 0.3 --z-loss 0.25");
  EXPECT_EQ(smoothed["targets"], "labels+weight+row_weight+ignore=0.3+smoothing=0.1+z_loss=0.25");
  EXPECT_FALSE(smoothed.contains("layout")) << "rows are usual";
  EXPECT_EQ(timing("--shapes 30x5 --targets smoothed --label-smoothing 0.5")["targets"],
            "labels+smoothing=0.5");
  const Json strided = timing("--batch 3 --classes 5 --layout strided --reduction sum --grad");
  EXPECT_TRUE(strided["layout"] == "strided" && strided["reduction"] == "sum");
  const Json image = timing("--shapes 2x3x4x5 --targets probs --temperature 0.5 --softcap 30");
  EXPECT_TRUE(image["layout"] == "class-axis-1" && image["inner"] == 20 && image["batch"] == 40 &&
              image["classes"] == 3);
  const Json last = timing("--shapes 2x3x4x5 --layout rows");
  EXPECT_TRUE(last["inner"] == 20 && !last.contains("layout")) << "the classes are the last axis";
  const std::string text = xent.run(bench + "--shapes 2x3x4x5 --reduction mean").text;
  EXPECT_NE(text.find("2x3x20"), std::string::npos) << text;
  EXPECT_NE(text.find("labels, class-axis-1, mean"), std::string::npos) << text;
}

/// Two numbers of classes: the records are of every element type, and the table says how many
/// cells there are.
TEST(BenchProgram, Matrix) {
  const tests::Program xent;
  const std::string matrix = "matrix --classes 3,5 --logits 100 --repetitions 1 ";
  const Json results = xent.json(matrix);
  const auto all = cells(results);
  EXPECT_GE(all.size(), 40U) << "every pair of settings, at both";
  for (const char* dtype : {"f32", "f64", "bf16", "f16"})
    EXPECT_TRUE(std::any_of(results["timings"].begin(), results["timings"].end(),
                            [&](const Json& one) { return one["dtype"] == dtype; }))
        << dtype;
  const tests::Ran ran = xent.run(matrix + "--rows 3");
  EXPECT_EQ(ran.code, 0) << ran.text;
  EXPECT_NE(ran.text.find(fmt::format("{} cells: ", all.size())), std::string::npos) << ran.text;
}

/// A name and exit 0, or exit 1 and the reason why there is none: what it is depends on the
/// machine.
TEST(BenchProgram, Pick) {
  const tests::Program xent;
  const std::string pick = "pick --batch 3 --classes 5 --threads 2 --seconds 0.05";
  const Json picked = xent.json(pick);
  EXPECT_TRUE(picked.value("threads", 0) == 2 &&
              picked.value("candidates", Json::array()).size() >= 10)
      << "pick on two threads";
  const bool named = picked["pick"].is_string();
  EXPECT_TRUE(named == !picked["tied"].empty() &&
              named == picked["unreliable"].get<std::string>().empty())
      << "a name, or why there is none: " + picked["unreliable"].dump();
  const tests::Ran ran = xent.run("pick --batch 3 --classes 5 --seconds 0.05");
  EXPECT_TRUE(ran.code == (ran.text.find("\npick: ") != std::string::npos ? 0 : 1) &&
              (ran.code == 0) != (ran.text.find("\nno pick: ") != std::string::npos))
      << "the exit code says which: " + ran.text;
}

/// One core is left to this process and to the program that it starts.
TEST(BenchProgram, Affinity) {
  const tests::Program xent;
  cpu_set_t all, one;
  CPU_ZERO(&one);
  if (::sched_getaffinity(0, sizeof all, &all) != 0) return;
  for (std::size_t k = 0; k < CPU_SETSIZE && CPU_COUNT(&one) == 0; ++k)
    if (CPU_ISSET(k, &all)) CPU_SET(k, &one);
  (void)::sched_setaffinity(0, sizeof one, &one);
  const Json results = xent.json("bench --impl simd --shapes 3x5 " + quick);
  EXPECT_TRUE(results["runs"][0]["cores"] == 1 && results["runs"][0]["affinity"] == 1)
      << "one core";
  const std::string crowd = "bench --impl simd --shapes 3x5 --threads 2 " + quick;
  const tests::Ran ran = xent.run(crowd);
  EXPECT_NE(ran.text.find("2 threads take turns on 1 core: no multiple of the roof is given"),
            std::string::npos)
      << "more threads than cores are said: " + ran.text;
  (void)::sched_setaffinity(0, sizeof all, &all);
}

}  // namespace
