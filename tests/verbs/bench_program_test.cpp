// SPDX-License-Identifier: MIT
// xent bench and xent pick: the records are of the implementations, shapes and threads asked for.
#include <string>
#include <vector>

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
