// SPDX-License-Identifier: MIT
// Environment: read from the system's own files and from what the build was told.

#include "bench/environment.hpp"

#include <ctime>
#include <fstream>
#include <random>
#include <string_view>
#include <thread>

#include <boost/version.hpp>
#include <fmt/chrono.h>
#include <fmt/format.h>
#include <gnu/libc-version.h>
#include <hwy/highway.h>
#include <mpfi.h>
#include <mpfr.h>
#include <sys/utsname.h>

#include <xent/implementation.hpp>

#include "bench/caches.hpp"

namespace xent::bench {
namespace {

std::string cpu() {
  std::ifstream file("/proc/cpuinfo");
  for (std::string line; std::getline(file, line);)
    if (line.starts_with("model name"))
      if (const auto colon = line.find(": "); colon != std::string::npos)
        return line.substr(colon + 2);
  return "unknown";
}

/// Such as "L1 Data 48K, L1 Instruction 64K, L2 Unified 2048K".
std::string list(const std::vector<Cache>& caches) {
  std::string text;
  for (const Cache& one : caches)
    text += fmt::format("{}L{} {} {}", text.empty() ? "" : ", ", one.level, one.type, one.size);
  return text.empty() ? "unknown" : text;
}

std::string system() {
  utsname names = {};
  if (::uname(&names) != 0) return "unknown";
  return fmt::format("{} {} {}, glibc {}", names.sysname, names.release, names.machine,
                     ::gnu_get_libc_version());
}

std::string compiler() {
#ifdef __clang__
  return "Clang " __clang_version__;
#else
  return "GCC " __VERSION__;
#endif
}

std::string libraries(std::span<const Peer* const> peers) {
  std::string text = fmt::format(
      "Boost {}.{}.{}, MPFI {}, MPFR {}, Highway {}.{}.{}, fmt {}.{}.{}, Google Benchmark {}",
      BOOST_VERSION / 100000, BOOST_VERSION / 100 % 1000, BOOST_VERSION % 100, MPFI_VERSION_STRING,
      MPFR_VERSION_STRING, HWY_MAJOR, HWY_MINOR, HWY_PATCH, FMT_VERSION / 10000,
      FMT_VERSION / 100 % 100, FMT_VERSION % 100, XENT_BENCHMARK_VERSION);
  for (const Peer* peer : peers) text += ", " + peer->version();
  return text;
}

/// 64 random bits in hexadecimal.
std::string drawn_id() {
  std::random_device draw;
  return fmt::format("{:08x}{:08x}", draw(), draw());
}

}  // namespace

Provenance environment(std::string command, std::uint64_t seed,
                       std::span<const Peer* const> peers) {
  return {.version = XENT_VERSION,
          .revision = XENT_REVISION,
          .compiler = compiler(),
          .flags = XENT_FLAGS,
          .build_type = XENT_BUILD_TYPE,
          .cpu = cpu(),
          .cores = static_cast<std::int64_t>(std::thread::hardware_concurrency()),
          .caches = list(caches()),
          .system = system(),
          .libraries = libraries(peers),
          .instruction_sets = instruction_sets(),
          .command = std::move(command),
          .date = fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", fmt::gmtime(std::time(nullptr))),
          .seed = seed,
          .id = drawn_id(),
          .whole = ""};
}

}  // namespace xent::bench
