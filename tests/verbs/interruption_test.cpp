// SPDX-License-Identifier: MIT
// Ctrl-C and SIGTERM: verify and bench leave what they have finished as whole documents that say
// they are incomplete, report calls it interrupted, and a second Ctrl-C ends the program at once.
#include <csignal>
#include <exception>
#include <filesystem>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "reports/json/json.hpp"
#include "tests/support/npy_bytes.hpp"
#include "tests/support/program.hpp"
#include "tests/support/terminal.hpp"

namespace {

using namespace xent;
using tests::Program;
using tests::Terminal;

constexpr char ctrl_c = '\x03';
constexpr unsigned short columns = 100;

bool holds(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

/// A run that a signal ended: its status is that of the signal, its document can be read and says
/// so, and report does not take it for one that passed.
Results interrupted(const Program& xent, Terminal& terminal, int signal, const std::string& json) {
  const std::string name = "signal " + std::to_string(signal);
  const int status = terminal.status();
  EXPECT_EQ(status, 128 + signal) << name + ": status " + std::to_string(status);
  EXPECT_TRUE(holds(terminal.text(), "INTERRUPTED: ")) << name + " is told: " + terminal.text();
  Results results = reports::read_json(json);
  EXPECT_TRUE(results.runs.size() == 1 && results.runs[0].incomplete)
      << name + " is in the document";
  const tests::Ran report = xent.run("report " + json + " --out " + xent.file("report"));
  EXPECT_TRUE(report.code == 1 && report.text.starts_with("INTERRUPTED: "))
      << "report: " + report.text;
  const auto said = xent.json("report " + json + " --out " + xent.file("report"));
  EXPECT_EQ(said.value("verdict", ""), "interrupted") << "report says so in JSON";
  return results;
}

void no_temporaries(const Program& xent) {
  for (const auto& entry :
       std::filesystem::directory_iterator(std::filesystem::path(xent.file("x")).parent_path()))
    EXPECT_FALSE(entry.path().filename().string().starts_with(".xent-")) << "no temporary is left";
}

void verify(const Program& xent, int signal) {
  const std::string json = xent.file("verify.json");
  const std::string junit = xent.file("verify.xml");
  Terminal terminal({xent.path(), "verify", "--impl", "sparse,simd,faithful", "--budget", "full",
                     "--law", "l*,s*,r*", "--json", json, "--junit", junit},
                    columns);
  EXPECT_TRUE(terminal.shows("check 3 of ")) << "two checks are done";
  if (signal == SIGINT)
    terminal.press(ctrl_c);
  else
    terminal.send(signal);
  const Results results = interrupted(xent, terminal, signal, json);
  EXPECT_TRUE(results.laws.size() >= 2 && results.laws.size() < 30) << "the laws that were done";
  for (const LawRecord& law : results.laws)
    EXPECT_TRUE(law.verdict == Verdict::passed || law.verdict == Verdict::skipped)
        << law.law + " was done";
  const std::string xml = tests::read_bytes(junit);
  EXPECT_TRUE(holds(xml, "errors=\"1\"") && holds(xml, "<error type=\"interrupted\"") &&
              xml.ends_with("</testsuites>\n"))
      << "JUnit is whole, and not green";
  no_temporaries(xent);
}

void bench(const Program& xent, int signal) {
  const std::string json = xent.file("bench.json");
  Terminal terminal({xent.path(), "bench", "--impl", "sparse", "--shapes", "8x10,64x1000",
                     "--repetitions", "20", "--min-time", "0.005", "--json", json},
                    columns);
  EXPECT_TRUE(terminal.shows("shape 2 of 2") && terminal.shows("timing 1 calls"))
      << "a shape is done";
  if (signal == SIGINT)
    terminal.press(ctrl_c);
  else
    terminal.send(signal);
  const Results results = interrupted(xent, terminal, signal, json);
  EXPECT_TRUE(results.timings.size() == 1 && results.timings[0].classes == 10)
      << "the shape that was done";
  EXPECT_FALSE(results.roofs.empty()) << "with its roofs";
  EXPECT_TRUE(holds(terminal.text(), "INTERRUPTED: 1 of 2 shapes")) << "how far it came";
  no_temporaries(xent);
}

/// A sample of ten minutes is not waited for, and nothing is left.
void second(const Program& xent) {
  const std::string json = xent.file("second.json");
  Terminal terminal({xent.path(), "bench", "--impl", "sparse", "--shapes", "8x10", "--min-time",
                     "600", "--json", json},
                    columns);
  EXPECT_TRUE(terminal.shows("timing 1 calls")) << "it is timed";
  for (int k = 0; k < 100 && !terminal.ends_within(100); ++k) terminal.press(ctrl_c);
  EXPECT_EQ(terminal.status(), 128 + SIGINT) << "a second Ctrl-C ends it at once";
  EXPECT_FALSE(std::filesystem::exists(json)) << "with no document";
  no_temporaries(xent);
}

TEST(Interruption, OfVerify) {
  const Program xent;
  for (const int signal : {SIGINT, SIGTERM}) verify(xent, signal);
}

TEST(Interruption, OfBench) {
  const Program xent;
  for (const int signal : {SIGINT, SIGTERM}) bench(xent, signal);
}

TEST(Interruption, Second) {
  const Program xent;
  second(xent);
}

}  // namespace
