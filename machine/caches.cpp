// SPDX-License-Identifier: MIT
// Caches: read from the system's own files.

#include "machine/caches.hpp"

#include <charconv>

#include <fmt/format.h>

#include "machine/system_file.hpp"

namespace xent::machine {
namespace {

/// "48K" in bytes.
double bytes_of(const std::string& size) {
  double number = 0;
  const char* end = size.data() + size.size();
  const auto [rest, fault] = std::from_chars(size.data(), end, number);
  if (fault != std::errc() || rest == end) return number;
  return *rest == 'K' ? number * 0x1p10 : *rest == 'M' ? number * 0x1p20 : number;
}

}  // namespace

std::vector<Cache> caches(const std::string& folder) {
  std::vector<Cache> all;
  for (int index = 0;; ++index) {
    const std::string one = fmt::format("{}/index{}/", folder, index);
    const std::string level = first_line(one + "level"), size = first_line(one + "size");
    if (level.empty()) return all;
    all.push_back({level, first_line(one + "type"), size, bytes_of(size)});
  }
}

std::string residency(double bytes, std::span<const Cache> caches) {
  const Cache* smallest = nullptr;
  bool known = false;
  for (const Cache& one : caches) {
    if (one.type == "Instruction" || one.bytes == 0) continue;
    known = true;
    if (bytes <= one.bytes && (smallest == nullptr || one.bytes < smallest->bytes)) smallest = &one;
  }
  if (smallest == nullptr) return known ? "DRAM" : "unknown";
  return fmt::format("L{}{}", smallest->level, smallest->type == "Data" ? "d" : "");
}

}  // namespace xent::machine
