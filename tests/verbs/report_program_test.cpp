// SPDX-License-Identifier: MIT
// xent report of documents that verify wrote: the exit code is that of the records, and the shards
// of a run are one whole.
#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>

#include "tests/support/program.hpp"

namespace {

using namespace xent;
using tests::Program;
using Json = nlohmann::json;

const std::string work =
    "verify --impl sparse --dtype f32 --law 'loss_within_contract,ties,loss_nonnegative' "
    "--case 'f32/normal(3)/4x10/labels/none/seed=1' ";

std::string shard(const Program& xent, const std::string& part) {
  std::string file = xent.file("part" + part.substr(0, 1) + ".json");
  EXPECT_EQ(xent.run(work + "--shard " + part + " --json " + file).code, 0) << "shard " + part;
  return file;
}

TEST(ReportProgram, ExitCodes) {
  const Program xent;
  const std::string file = xent.file("passed.json");
  const std::string out = " --out " + xent.file("report");
  EXPECT_EQ(xent.run(work + "--json " + file).code, 0) << "the laws hold";
  EXPECT_EQ(xent.run("report " + file + out).code, 0) << "records that passed";
  std::ifstream in(file);
  Json document = Json::parse(in);
  std::string text = document.dump();
  for (auto at = text.find("\"passed\""); at != std::string::npos; at = text.find("\"passed\""))
    text.replace(at, 8, "\"failed\"");
  std::ofstream(xent.file("failed.json")) << text;
  const tests::Ran failed = xent.run("report " + xent.file("failed.json") + out);
  EXPECT_TRUE(failed.code == 1 && failed.text.find("checks failed") != std::string::npos)
      << "records that failed: " + failed.text;
  EXPECT_TRUE(std::filesystem::exists(xent.file("report/index.html")))
      << "and the report is written";
  document["laws"] = Json::array();
  std::ofstream(xent.file("empty.json")) << document.dump();
  const tests::Ran empty = xent.run("report " + xent.file("empty.json") + out);
  EXPECT_TRUE(empty.code == 1 && empty.text.starts_with("NOTHING_CHECKED: ")) << "no records";
}

TEST(ReportProgram, Shards) {
  const Program xent;
  const std::string first = shard(xent, "1/2");
  const std::string second = shard(xent, "2/2");
  const std::string out = " --out " + xent.file("report");
  EXPECT_EQ(xent.run("report " + second + " " + first + out).code, 0) << "both shards";
  const tests::Ran missing = xent.run("report " + first + out);
  EXPECT_TRUE(missing.code == 2 && missing.text.find("part 2 is missing") != std::string::npos)
      << "a shard that is missing: " + missing.text;
  const tests::Ran doubled = xent.run("report " + first + " " + second + " " + first + out);
  EXPECT_TRUE(doubled.code == 2 && doubled.text.find("once more") != std::string::npos)
      << "a shard twice: " + doubled.text;
}

}  // namespace
