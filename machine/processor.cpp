// SPDX-License-Identifier: MIT
// Processor: /proc/cpuinfo, then the identification registers that /sys shows.

#include "machine/processor.hpp"

#include <algorithm>
#include <cstdint>
#include <fstream>
#include <optional>
#include <sstream>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "machine/system_file.hpp"

namespace xent::machine {
namespace {

/// What makes a core of aarch64.
struct Core {
  std::uint64_t implementer = 0;
  std::uint64_t part = 0;

  bool operator==(const Core&) const = default;
};

std::string name_of(const Core& core) {
#define XENT_ARM_CORE(implementer, part, name) \
  if (core == Core{implementer, part}) return name;
#include "machine/arm_cores.def"
#undef XENT_ARM_CORE
  return fmt::format("implementer {:#04x} part {:#05x}", core.implementer, core.part);
}

/// The hexadecimal number "0x41".
std::optional<std::uint64_t> code(const std::string& text) {
  std::istringstream stream(text);
  std::uint64_t value = 0;
  if (stream >> std::hex >> value) return value;
  return {};
}

/// The name and the value of a line "name\t: value"; the value "" of any other.
std::pair<std::string_view, std::string> entry(std::string_view line) {
  const std::size_t colon = line.find(':');
  if (colon == std::string_view::npos) return {line, ""};
  const std::size_t end = line.find_last_not_of(" \t", colon == 0 ? 0 : colon - 1);
  const std::size_t begin = line.find_first_not_of(" \t", colon + 1);
  return {line.substr(0, end + 1),
          std::string(begin == std::string_view::npos ? "" : line.substr(begin))};
}

/// What /proc/cpuinfo says: the first model name, or the cores.
struct Description {
  std::string model;
  std::vector<Core> cores;
};

Description described(const std::string& path) {
  std::ifstream file(path);
  Description found;
  Core core;
  for (std::string line; std::getline(file, line);) {
    const auto [name, value] = entry(line);
    if (name == "model name" && found.model.empty()) found.model = value;
    if (name == "CPU implementer") core.implementer = code(value).value_or(0);
    if (name == "CPU part") {
      core.part = code(value).value_or(0);
      found.cores.push_back(core);
    }
  }
  return found;
}

/// Of each processor that /sys lists: the implementer is in bits 31 to 24 of the register, the part
/// in 15 to 4.
std::vector<Core> registered(const std::string& root) {
  std::vector<Core> found;
  for (int k = 0;; ++k) {
    const std::string path =
        fmt::format("{}/sys/devices/system/cpu/cpu{}/regs/identification/midr_el1", root, k);
    const auto midr = code(first_line(path));
    if (!midr) return found;
    found.push_back({*midr >> 24 & 0xff, *midr >> 4 & 0xfff});
  }
}

/// Each kind of core once, by first appearance.
std::string names(const std::vector<Core>& cores) {
  std::vector<std::string> kinds;
  for (const Core& core : cores)
    if (const std::string name = name_of(core);
        std::find(kinds.begin(), kinds.end(), name) == kinds.end())
      kinds.push_back(name);
  return fmt::format("{}", fmt::join(kinds, " + "));
}

}  // namespace

std::string processor(const std::string& root) {
  Description found = described(root + "/proc/cpuinfo");
  if (!found.model.empty()) return found.model;
  if (found.cores.empty()) found.cores = registered(root);
  return found.cores.empty() ? "unknown" : names(found.cores);
}

}  // namespace xent::machine
