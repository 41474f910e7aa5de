// SPDX-License-Identifier: MIT
// Load: sysinfo(2), which needs no files, and the counters of /proc/stat.

#include "machine/load.hpp"

#include <sstream>

#include <sys/sysinfo.h>

#include "machine/system_file.hpp"

namespace xent::machine {
namespace {

/// From the line "cpu user nice system idle iowait irq softirq steal guest guest_nice"; the guests'
/// ticks are among the first two.
void read_ticks(const std::string& line, Load& load) {
  std::istringstream stream(line);
  std::string name;
  stream >> name;
  double sum = 0, one = 0;
  int count = 0;
  for (; count < 8 && stream >> one; ++count) sum += one;
  if (name != "cpu" || count < 8) return;
  load.stolen = one;
  load.ticks = sum;
}

}  // namespace

Load load(const std::string& root) {
  Load now;
  struct ::sysinfo system = {};
  constexpr double unit = 65536;  // of the kernel's averages
  if (::sysinfo(&system) == 0) now.average = static_cast<double>(system.loads[0]) / unit;
  read_ticks(first_line(root + "/proc/stat"), now);
  return now;
}

std::optional<double> stolen_share(const Load& start, const Load& end) {
  if (!start.ticks || !end.ticks || !(*end.ticks > *start.ticks)) return {};
  return (*end.stolen - *start.stolen) / (*end.ticks - *start.ticks);
}

}  // namespace xent::machine
