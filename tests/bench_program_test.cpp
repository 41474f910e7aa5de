// SPDX-License-Identifier: MIT
// xent bench and xent pick: the records are of the implementations, shapes and threads asked for.
#include <exception>
#include <string>
#include <vector>

#include "tests/expect.hpp"
#include "tests/program.hpp"

namespace {

using namespace xent;
using tests::expect;
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

void test_bench(const tests::Program& xent) {
  const Json results =
      xent.json("bench --impl 's?arse,simd,si*' --shapes 3x5,2x7 --threads 2 " + quick);
  expect(cells(results) == std::vector<std::string>{"sparse 3x5 labels 2", "simd 3x5 labels 2",
                                                    "sparse 2x7 labels 2", "simd 2x7 labels 2"},
         "each implementation once, on each shape in turn");
  for (const Json& roof : results.value("roofs", Json::array()))
    expect(roof["kind"] == "read" && roof["threads"] == 2, "without gradient, reads alone");
  const std::string one = "bench --impl simd --shapes 3x500 " + quick;
  const Json gaps = xent.json(one + "--family 'deep_gap(400)'");
  expect(gaps["timings"][0]["checked_ulp"] != xent.json(one)["timings"][0]["checked_ulp"],
         "the logits of another family have other errors");
  const std::string text = xent.run("bench --impl simd --shapes 3x5 --grad " + quick).text;
  for (const char* kind : {"read", "write", "nt_write", "copy", "nt_copy"})
    expect(text.find(std::string("  ") + kind + "  ") != std::string::npos,
           std::string(kind) + " is in the table");
}

void test_pick(const tests::Program& xent) {
  const Json picked = xent.json("pick --batch 3 --classes 5 --threads 2 --seconds 0.05");
  expect(picked.value("threads", 0) == 2 && !picked.value("pick", "").empty(),
         "pick on two threads");
}

}  // namespace

int main(int, char** argv) try {
  const tests::Program xent(argv[1]);
  test_bench(xent);
  test_pick(xent);
  return tests::exit_code();
} catch (const std::exception& fault) {
  std::puts(fault.what());
  return 1;
}
