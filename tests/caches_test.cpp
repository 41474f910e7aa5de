// SPDX-License-Identifier: MIT
// Caches: read from the system's files, and the smallest that holds an array.
#include "bench/caches.hpp"

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "tests/expect.hpp"

namespace {

using namespace xent;
using tests::expect;

void write(const std::filesystem::path& folder, const char* level, const char* type,
           const char* size) {
  std::filesystem::create_directories(folder);
  std::ofstream(folder / "level") << level << '\n';
  std::ofstream(folder / "type") << type << '\n';
  std::ofstream(folder / "size") << size << '\n';
}

void test_files() {
  const auto folder = std::filesystem::temp_directory_path() / "xent-caches-test";
  write(folder / "index0", "1", "Data", "48K");
  write(folder / "index1", "1", "Instruction", "64K");
  write(folder / "index2", "2", "Unified", "2048K");
  write(folder / "index3", "3", "Unified", "105M");
  write(folder / "index4", "4", "Unified", "none");
  const std::vector<bench::Cache> found = bench::caches(folder);
  std::filesystem::remove_all(folder);
  expect(found.size() == 5, "every cache of the folder");
  expect(found[0].bytes == 48 * 1024 && found[0].type == "Data" && found[0].size == "48K", "48K");
  expect(found[2].bytes == 2048 * 1024 && found[3].bytes == 105 * 1024 * 1024, "K and M");
  expect(found[4].bytes == 0, "a size that cannot be read");
  expect(bench::caches(folder).empty(), "no folder, no caches");
}

void test_residency() {
  const std::vector<bench::Cache> all = {{"1", "Data", "48K", 49152},
                                         {"1", "Instruction", "64K", 65536},
                                         {"2", "Unified", "2048K", 0x1p21},
                                         {"3", "Unified", "32M", 0x1p25},
                                         {"4", "Unified", "none", 0}};
  const auto residency = [&](double bytes) { return bench::residency(bytes, all); };
  expect(residency(0) == "L1d" && residency(49152) == "L1d", "up to the size of the first level");
  expect(residency(49153) == "L2", "the instruction cache holds no data");
  expect(residency(0x1p21) == "L2" && residency(0x1p21 + 1) == "L3", "L2 and L3");
  expect(residency(0x1p25) == "L3" && residency(0x1p25 + 1) == "DRAM", "L3 and memory");
  expect(bench::residency(1, {}) == "unknown", "no cache known");
}

}  // namespace

int main() {
  test_files();
  test_residency();
  return tests::exit_code();
}
