// SPDX-License-Identifier: MIT
// What a record says of its machine, read from trees of files made up here: the quota of control
// groups of both versions, the name of the processor, the time stolen by a hypervisor.
#include <cmath>
#include <filesystem>
#include <fstream>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "machine/cores.hpp"
#include "machine/load.hpp"
#include "machine/processor.hpp"
#include "tests/support/folder.hpp"

namespace {

using namespace xent;

using Files = std::vector<std::pair<std::string, std::string>>;  // paths and texts

/// Files below a folder that is removed afterwards.
class Tree {
 public:
  explicit Tree(const Files& files) {
    for (const auto& [name, text] : files) {
      const std::filesystem::path path = own_.path + name;
      std::filesystem::create_directories(path.parent_path());
      std::ofstream(path) << text;
    }
  }
  std::string root() const { return own_.path; }

 private:
  tests::Folder own_;
};

const std::string version2 =
    "30 23 0:26 / /sys/fs/cgroup rw,nosuid shared:4 - cgroup2 cgroup2 rw\n";
const std::string version1 =
    "32 31 0:29 / /sys/fs/cgroup/cpu,cpuacct rw,relatime - cgroup cgroup rw,cpu,cpuacct\n"
    "34 31 0:31 / /sys/fs/cgroup/cpuset rw,relatime - cgroup cgroup rw,cpuset\n";

TEST(Machine, QuotaOfVersion2) {
  const Tree tree(Files{{"/proc/self/mountinfo", version2},
                        {"/proc/self/cgroup", "0::/user.slice/run\n"},
                        {"/sys/fs/cgroup/user.slice/run/cpu.max", "max 100000\n"},
                        {"/sys/fs/cgroup/user.slice/cpu.max", "150000 100000\n"}});
  EXPECT_EQ(machine::quota(tree.root()), 1.5) << "the limit of a group above holds";
  const Tree inner(Files{{"/proc/self/mountinfo", version2},
                         {"/proc/self/cgroup", "0::/\n"},
                         {"/sys/fs/cgroup/cpu.max", "50000 100000\n"}});
  EXPECT_EQ(machine::quota(inner.root()), 0.5) << "the top of a container's own namespace";
  const Tree none(Files{{"/proc/self/mountinfo", version2},
                        {"/proc/self/cgroup", "0::/a\n"},
                        {"/sys/fs/cgroup/a/cpu.max", "max 100000\n"}});
  EXPECT_FALSE(machine::quota(none.root())) << "max is no limit";
}

TEST(Machine, QuotaOfVersion1) {
  const std::string groups = "4:cpuset:/other\n3:cpu,cpuacct:/docker/ab\n0::/\n";
  const std::string folder = "/sys/fs/cgroup/cpu,cpuacct";
  const Tree tree(Files{{"/proc/self/mountinfo", version1},
                        {"/proc/self/cgroup", groups},
                        {folder + "/docker/ab/cpu.cfs_quota_us", "250000\n"},
                        {folder + "/docker/ab/cpu.cfs_period_us", "100000\n"},
                        {folder + "/cpu.cfs_quota_us", "-1\n"},
                        {folder + "/cpu.cfs_period_us", "100000\n"}});
  EXPECT_EQ(machine::quota(tree.root()), 2.5) << "-1 above is no limit";
  // A container that sees its own group mounted as the top.
  const Tree mounted(
      Files{{"/proc/self/mountinfo",
             "32 31 0:29 /docker/ab /sys/fs/cgroup/cpu,cpuacct ro - cgroup cgroup rw,cpu\n"},
            {"/proc/self/cgroup", groups},
            {folder + "/cpu.cfs_quota_us", "300000\n"},
            {folder + "/cpu.cfs_period_us", "100000\n"}});
  EXPECT_EQ(machine::quota(mounted.root()), 3) << "a group that is the top of its mount";
}

TEST(Machine, Cores) {
  EXPECT_FALSE(machine::quota("/nonexistent")) << "without files there is no quota";
  const machine::Cores all = machine::cores("/nonexistent");
  EXPECT_TRUE(all.affinity >= 1 && !all.quota && all.usable() == all.affinity)
      << "the affinity alone";
  const auto usable = [](std::int64_t affinity, std::optional<double> quota) {
    return machine::Cores{affinity, quota}.usable();
  };
  EXPECT_TRUE(usable(4, 1.5) == 1 && usable(4, 0.5) == 1 && usable(4, 2.5) == 2 &&
              usable(4, {}) == 4)
      << "whole cores, at least one";
  const Tree wide(Files{{"/proc/self/mountinfo", version2},
                        {"/proc/self/cgroup", "0::/\n"},
                        {"/sys/fs/cgroup/cpu.max", "900000000 100000\n"}});
  EXPECT_FALSE(machine::cores(wide.root()).quota) << "a quota above the affinity limits nothing";
}

TEST(Machine, Processor) {
  const Tree x86(Files{{"/proc/cpuinfo", "processor\t: 0\nmodel name\t: A Processor: 3 GHz\n"}});
  EXPECT_EQ(machine::processor(x86.root()), "A Processor: 3 GHz") << "the model name";
  const Tree both(Files{{"/proc/cpuinfo",
                         "processor\t: 0\nCPU implementer\t: 0x41\nCPU part\t: 0xd03\n\n"
                         "processor\t: 1\nCPU implementer\t: 0x41\nCPU part\t: 0xd03\n\n"
                         "processor\t: 2\nCPU implementer\t: 0x41\nCPU part\t: 0xd08\n"}});
  EXPECT_EQ(machine::processor(both.root()), "Arm Cortex-A53 + Arm Cortex-A72")
      << "two kinds of core";
  const Tree strange(Files{{"/proc/cpuinfo", "CPU implementer\t: 0x7f\nCPU part\t: 0x00a\n"}});
  EXPECT_EQ(machine::processor(strange.root()), "implementer 0x7f part 0x00a")
      << "codes not listed";
  const Tree sys(
      Files{{"/sys/devices/system/cpu/cpu0/regs/identification/midr_el1", "0x00000000413fd0c1\n"}});
  EXPECT_EQ(machine::processor(sys.root()), "Arm Neoverse N1") << "the register, without /proc";
  EXPECT_EQ(machine::processor("/nonexistent"), "unknown") << "no files at all";
}

TEST(Machine, Load) {
  const Tree before(Files{{"/proc/stat", "cpu  100 0 50 800 10 0 5 35 7 0\ncpu0 1 2 3\n"}});
  const machine::Load start = machine::load(before.root());
  EXPECT_TRUE(start.stolen == 35 && start.ticks == 1000)
      << "stolen and all ticks, guests counted once";
  EXPECT_TRUE(start.average && *start.average >= 0) << "the load average needs no files";
  machine::Load end = start;
  end.stolen = 85;
  end.ticks = 1200;
  EXPECT_EQ(machine::stolen_share(start, end), 0.25) << "50 of 200 ticks";
  EXPECT_FALSE(machine::stolen_share(start, start)) << "no time has passed";
  EXPECT_FALSE(machine::stolen_share(machine::load("/nonexistent"), end))
      << "no ticks without /proc";
  const Tree old(Files{{"/proc/stat", "cpu  100 0 50 800\n"}});
  EXPECT_FALSE(machine::load(old.root()).ticks) << "a line without stolen ticks";
}

}  // namespace
