// SPDX-License-Identifier: MIT
// Nothing checked is not green: exit 1, and it is said.
#include <string>

#include <gtest/gtest.h>

#include "tests/support/npy_bytes.hpp"
#include "tests/support/program.hpp"

namespace {

using namespace xent;
using tests::Program;

void is_nothing(const Program& xent, const std::string& arguments, const std::string& why) {
  const tests::Ran ran = xent.run(arguments);
  EXPECT_EQ(ran.code, 1) << arguments + " is not green";
  EXPECT_NE(ran.text.find("NOTHING_CHECKED: "), std::string::npos) << arguments + " says so";
  EXPECT_NE(ran.text.find(why), std::string::npos) << arguments + " says why: " + ran.text;
}

TEST(NothingChecked, IsNotGreen) {
  const Program xent;
  is_nothing(xent, "verify --impl sparse --dtype f32 --shard 1000/1000",
             "No work falls to part 1000 of 1000: there are ");
  is_nothing(xent,
             "verify --impl sparse --dtype f64 --law ties --case 'f32/normal(3)/4x10/labels/none/"
             "seed=1'",
             "The case is of f32");
  is_nothing(xent, "verify --impl naive --dtype f32 --law no_lost_loss", "1 not claimed");
  is_nothing(xent,
             "verify --impl naive --dtype f32 --accuracy --case "
             "'f32/offset(100)/4x10/labels/none/seed=1'",
             "accuracy was not judged, 2 not claimed");
  const std::string junit = xent.file("nothing.xml");
  (void)xent.run("verify --impl naive --dtype f32 --law no_lost_loss --junit " + junit);
  const std::string text = tests::read_bytes(junit);
  EXPECT_TRUE(text.find("<skipped message=\"not claimed: ") != std::string::npos &&
              text.find("not claimed: not claimed") == std::string::npos)
      << "the reason is said once: " + text;
  const std::string results = xent.file("nothing.json");
  EXPECT_EQ(xent.run("verify --impl naive --dtype f32 --law no_lost_loss --json " + results).code,
            1)
      << "the document is written";
  is_nothing(xent, "report " + results + " --out " + xent.file("report"), "1 not claimed");
}

}  // namespace
