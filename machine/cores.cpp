// SPDX-License-Identifier: MIT
// Cores: affinity from OpenMP, which has it before it binds threads; the quota from cgroup files.

#include "machine/cores.hpp"

#include <algorithm>
#include <fstream>
#include <limits>
#include <sstream>
#include <string_view>
#include <vector>

#include <fmt/format.h>
#include <omp.h>

#include "machine/system_file.hpp"

namespace xent::machine {
namespace {

std::vector<std::string> words_of(const std::string& line) {
  std::istringstream stream(line);
  std::vector<std::string> words;
  for (std::string word; stream >> word;) words.push_back(word);
  return words;
}

/// Whether the comma-separated list holds "cpu".
bool holds_cpu(const std::string& list) {
  return ("," + list + ",").find(",cpu,") != std::string::npos;
}

/// Runtime over period, both in microseconds; inf where the runtime is no number ("max") or
/// negative: no limit.
double share(const std::string& runtime, const std::string& period) {
  std::istringstream above(runtime), below(period);
  double numerator = -1, denominator = 0;
  if (!(above >> numerator) || !(below >> denominator) || numerator <= 0 || denominator <= 0)
    return std::numeric_limits<double>::infinity();
  return numerator / denominator;
}

/// Of one control group, in the files of either version.
double share_of_group(const std::string& folder) {
  const std::vector<std::string> both = words_of(first_line(folder + "/cpu.max"));
  if (both.size() == 2) return share(both[0], both[1]);
  return share(first_line(folder + "/cpu.cfs_quota_us"), first_line(folder + "/cpu.cfs_period_us"));
}

/// A mounted hierarchy of control groups: the group that is its top, and the folder of that.
struct Mount {
  std::string group;
  std::string folder;
  bool version2 = false;
};

/// The mounts that limit processors, from lines "36 35 98:0 /group /folder options - cgroup2 …".
std::vector<Mount> mounts(const std::string& root) {
  std::ifstream file(root + "/proc/self/mountinfo");
  std::vector<Mount> found;
  for (std::string line; std::getline(file, line);) {
    const std::size_t dash = line.find(" - ");
    if (dash == std::string::npos) continue;
    const auto place = words_of(line.substr(0, dash)), type = words_of(line.substr(dash + 3));
    if (place.size() < 5 || type.size() < 3) continue;
    const bool version2 = type[0] == "cgroup2";
    if (version2 || (type[0] == "cgroup" && holds_cpu(type[2])))
      found.push_back({place[3], place[4], version2});
  }
  return found;
}

/// The group of this process in that hierarchy, from lines "4:cpu,cpuacct:/group" and "0::/group".
std::string group(const std::string& root, bool version2) {
  std::ifstream file(root + "/proc/self/cgroup");
  for (std::string line; std::getline(file, line);) {
    const std::size_t first = line.find(':'), second = line.find(':', first + 1);
    if (first == std::string::npos || second == std::string::npos) continue;
    const std::string controllers = line.substr(first + 1, second - first - 1);
    if (version2 ? controllers.empty() : holds_cpu(controllers)) return line.substr(second + 1);
  }
  return "";
}

/// The path from the mount's top to the group, "" where the group is that or lies elsewhere.
std::string below(const Mount& mount, const std::string& group) {
  const std::string top = mount.group == "/" ? "" : mount.group;
  if (!group.starts_with(top + "/")) return "";
  return group == "/" ? "" : group.substr(top.size());
}

}  // namespace

std::optional<double> quota(const std::string& root) {
  double least = std::numeric_limits<double>::infinity();
  for (const Mount& mount : mounts(root)) {
    std::string path = below(mount, group(root, mount.version2));
    for (;; path.resize(path.rfind('/'))) {
      least = std::min(least, share_of_group(fmt::format("{}{}{}", root, mount.folder, path)));
      if (path.empty()) break;
    }
  }
  if (least == std::numeric_limits<double>::infinity()) return {};
  return least;
}

Cores cores(const std::string& root) {
  Cores found{.affinity = std::max(1, ::omp_get_num_procs())};
  if (const auto limit = quota(root); limit && *limit < static_cast<double>(found.affinity))
    found.quota = limit;
  return found;
}

std::int64_t Cores::usable() const {
  if (!quota) return affinity;
  return std::max<std::int64_t>(1, static_cast<std::int64_t>(*quota));
}

}  // namespace xent::machine
