// SPDX-License-Identifier: MIT
// Environment: read from the system's own files and from what the build was told.

#include "machine/environment.hpp"

#include <ctime>
#include <random>
#include <string_view>
#include <vector>

#include <boost/version.hpp>
#include <fmt/chrono.h>
#include <fmt/format.h>
#include <hwy/highway.h>
#include <mpfi.h>
#include <mpfr.h>
#include <sys/utsname.h>
#include <unistd.h>

#include <xent/implementation.hpp>

#include "machine/caches.hpp"
#include "machine/cores.hpp"
#include "machine/processor.hpp"

namespace xent::machine {
namespace {

/// Such as "L1 Data 48K, L1 Instruction 64K, L2 Unified 2048K".
std::string list(const std::vector<Cache>& caches) {
  std::string text;
  for (const Cache& one : caches)
    text += fmt::format("{}L{} {} {}", text.empty() ? "" : ", ", one.level, one.type, one.size);
  return text.empty() ? "unknown" : text;
}

/// Such as "glibc 2.36"; "" of a C library that does not say.
std::string c_library() {
#ifdef _CS_GNU_LIBC_VERSION
  std::vector<char> text(::confstr(_CS_GNU_LIBC_VERSION, nullptr, 0));
  if (!text.empty() && ::confstr(_CS_GNU_LIBC_VERSION, text.data(), text.size()) == text.size())
    return text.data();
#endif
  return "";
}

std::string system() {
  utsname names = {};
  if (::uname(&names) != 0) return "unknown";
  const std::string library = c_library();
  return fmt::format("{} {} {}{}{}", names.sysname, names.release, names.machine,
                     library.empty() ? "" : ", ", library);
}

std::string compiler() {
#ifdef __clang__
  return "Clang " __clang_version__;
#else
  return "GCC " __VERSION__;
#endif
}

/// The libraries of the build and the others, with their versions.
std::string libraries(std::span<const std::string> others) {
  std::string text = fmt::format(
      "Boost {}.{}.{}, MPFI {}, MPFR {}, Highway {}.{}.{}, fmt {}.{}.{}, Google Benchmark {}",
      BOOST_VERSION / 100000, BOOST_VERSION / 100 % 1000, BOOST_VERSION % 100, MPFI_VERSION_STRING,
      MPFR_VERSION_STRING, HWY_MAJOR, HWY_MINOR, HWY_PATCH, FMT_VERSION / 10000,
      FMT_VERSION / 100 % 100, FMT_VERSION % 100, XENT_BENCHMARK_VERSION);
  for (const std::string& other : others) text += ", " + other;
  return text;
}

/// 64 random bits in hexadecimal.
std::string drawn_id() {
  std::random_device draw;
  return fmt::format("{:08x}{:08x}", draw(), draw());
}

}  // namespace

Provenance environment(std::string command, std::uint64_t seed, std::span<const std::string> others,
                       const Load& start) {
  const Cores available = cores();
  const Load end = load();
  return {.version = XENT_VERSION,
          .revision = XENT_REVISION,
          .compiler = compiler(),
          .flags = XENT_FLAGS,
          .build_type = XENT_BUILD_TYPE,
          .cpu = processor(),
          .cores = available.usable(),
          .affinity = available.affinity,
          .quota = available.quota,
          .load_start = start.average,
          .load_end = end.average,
          .stolen = stolen_share(start, end),
          .caches = list(caches()),
          .system = system(),
          .libraries = libraries(others),
          .instruction_sets = instruction_sets(),
          .command = std::move(command),
          .date = fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", fmt::gmtime(std::time(nullptr))),
          .seed = seed,
          .id = drawn_id(),
          .whole = ""};
}

}  // namespace xent::machine
