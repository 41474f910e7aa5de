// SPDX-License-Identifier: MIT
// Caches: read from the system's files, and the smallest that holds an array.
#include "machine/caches.hpp"

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/support/folder.hpp"

namespace {

using namespace xent;

void write(const std::filesystem::path& folder, const char* level, const char* type,
           const char* size) {
  std::filesystem::create_directories(folder);
  std::ofstream(folder / "level") << level << '\n';
  std::ofstream(folder / "type") << type << '\n';
  std::ofstream(folder / "size") << size << '\n';
}

TEST(Caches, Files) {
  const tests::Folder own;
  const std::filesystem::path folder = own.path + "/cache";
  write(folder / "index0", "1", "Data", "48K");
  write(folder / "index1", "1", "Instruction", "64K");
  write(folder / "index2", "2", "Unified", "2048K");
  write(folder / "index3", "3", "Unified", "105M");
  write(folder / "index4", "4", "Unified", "none");
  const std::vector<machine::Cache> found = machine::caches(folder);
  std::filesystem::remove_all(folder);
  EXPECT_EQ(found.size(), 5) << "every cache of the folder";
  EXPECT_TRUE(found[0].bytes == 48 * 1024 && found[0].type == "Data" && found[0].size == "48K")
      << "48K";
  EXPECT_TRUE(found[2].bytes == 2048 * 1024 && found[3].bytes == 105 * 1024 * 1024) << "K and M";
  EXPECT_EQ(found[4].bytes, 0) << "a size that cannot be read";
  EXPECT_TRUE(machine::caches(folder).empty()) << "no folder, no caches";
}

TEST(Caches, Residency) {
  const std::vector<machine::Cache> all = {{"1", "Data", "48K", 49152},
                                           {"1", "Instruction", "64K", 65536},
                                           {"2", "Unified", "2048K", 0x1p21},
                                           {"3", "Unified", "32M", 0x1p25},
                                           {"4", "Unified", "none", 0}};
  const auto residency = [&](double bytes) { return machine::residency(bytes, all); };
  EXPECT_TRUE(residency(0) == "L1d" && residency(49152) == "L1d")
      << "up to the size of the first level";
  EXPECT_EQ(residency(49153), "L2") << "the instruction cache holds no data";
  EXPECT_TRUE(residency(0x1p21) == "L2" && residency(0x1p21 + 1) == "L3") << "L2 and L3";
  EXPECT_TRUE(residency(0x1p25) == "L3" && residency(0x1p25 + 1) == "DRAM") << "L3 and memory";
  EXPECT_EQ(machine::residency(1, {}), "unknown") << "no cache known";
}

}  // namespace
