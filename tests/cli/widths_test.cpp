// SPDX-License-Identifier: MIT
// What every verb prints on terminals of 80 and of 40 columns fits, with words whole; and progress
// says how much is done, and how long the rest takes.
#include <cstddef>
#include <exception>
#include <iterator>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include <xent/element.hpp>

#include "cli/layout.hpp"
#include "properties/law.hpp"
#include "tests/support/program.hpp"
#include "tests/support/terminal.hpp"

namespace {

using namespace xent;
using tests::Program;
using tests::Terminal;

constexpr unsigned short two_widths[] = {80, 40};

bool is_one_word(const std::string& line) {
  const auto begin = line.find_first_not_of(' ');
  return begin != std::string::npos && line.find(' ', begin) == std::string::npos;
}

/// The lines as a terminal shows them: what was drawn over, by progress, is looked at too.
std::vector<std::string> lines_of(std::string text) {
  for (auto at = text.find("\033[K"); at != std::string::npos; at = text.find("\033[K", at))
    text.replace(at, 3, "\n");
  std::vector<std::string> lines;
  std::istringstream all(text);
  for (std::string line; std::getline(all, line);) {
    while (line.ends_with('\r')) line.pop_back();
    lines.push_back(line.substr(line.find_first_not_of('\r') == std::string::npos
                                    ? line.size()
                                    : line.find_first_not_of('\r')));
  }
  return lines;
}

void fits(const std::vector<std::string>& command, unsigned short columns) {
  Terminal terminal(command, columns);
  const int status = terminal.status();
  const std::string name = command[1] + " in " + std::to_string(columns) + " columns: ";
  EXPECT_TRUE(status == 0 || (command[1] == "pick" && status == 1)) << name + terminal.text();
  const auto lines = lines_of(terminal.text());
  EXPECT_TRUE(!lines.empty() || command[1] == "eval") << name + "it prints something";
  for (const std::string& line : lines)
    EXPECT_TRUE(cli::columns_of(line) <= columns || is_one_word(line) ||
                line.find("repeat: ") != std::string::npos)
        << std::string(name).append(line);
}

void every_verb(const Program& xent, unsigned short columns) {
  const std::string data = XENT_SOURCE_DIR "/cases/data/";
  const std::vector<std::string> problem = {"--logits",    data + "digits_logits.npy",
                                            "--labels",    data + "digits_labels.npy",
                                            "--reduction", "none"};
  const std::string loss = xent.file("loss.npy");
  const std::string json = xent.file("results.json");
  const auto run = [&](std::vector<std::string> arguments, bool with_problem = false) {
    arguments.insert(arguments.begin(), xent.path());
    if (with_problem) arguments.insert(arguments.end(), problem.begin(), problem.end());
    fits(arguments, columns);
  };
  run({"list"});
  run({"version"});
  run({"eval", "--impl", "simd", "--loss-out", loss}, true);
  run({"eval", "--impl", "reference", "--loss-out", xent.file("exact.npy")}, true);
  run({"audit", "--loss", loss}, true);
  run({"verify", "--impl", "naive,simd", "--dtype", "f32", "--json", json, "--verbose"});
  run({"verify", "--impl", "naive,simd", "--dtype", "f32", "--law", "ties", "--bands"});
  run({"report", json, "--out", xent.file("report")});
  run({"bench", "--impl", "naive,simd", "--shapes", "8x10,16x100", "--repetitions", "2",
       "--min-time", "1e-4", "--grad"});
  run({"pick", "--batch", "8", "--classes", "10", "--seconds", "0.05"});
}

void progress(const Program& xent, unsigned short columns) {
  const std::size_t checks = std::size(all_dtypes) * (properties::laws().size() + 1);  // accuracy
  const std::string of_all = " of " + std::to_string(checks);
  Terminal terminal({xent.path(), "verify", "--impl", "faithful", "--budget", "full"}, columns);
  EXPECT_TRUE(terminal.shows("\rcheck 1" + of_all + ": faithful f32: ") &&
              terminal.shows("\rcheck 2" + of_all))
      << "how much is done: " + terminal.text();
  EXPECT_TRUE(terminal.shows(" left")) << "how long the rest takes: " + terminal.text();
}

TEST(Widths, EveryVerb) {
  const Program xent;
  for (const unsigned short columns : two_widths) every_verb(xent, columns);
}

TEST(Widths, Progress) {
  const Program xent;
  progress(xent, 80);
}

}  // namespace
