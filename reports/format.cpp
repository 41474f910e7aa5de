// SPDX-License-Identifier: MIT
// The list of formats, and the writing of them all.
#include "reports/format.hpp"

#include <array>

namespace xent::reports {

namespace format {
#define XENT_FORMAT(name) extern const Format name;
#include "reports/formats.def"
#undef XENT_FORMAT
}  // namespace format

std::span<const Format* const> formats() {
  static constexpr auto all = std::to_array<const Format*>({
#define XENT_FORMAT(name) &format::name,
#include "reports/formats.def"
#undef XENT_FORMAT
  });
  return all;
}

const Format* find_format(std::string_view name) {
  for (const Format* one : formats())
    if (one->name == name) return one;
  return nullptr;
}

std::string written(const Format& format, const Results& results) {
  std::string text;
  format.write(results, text);
  return text;
}

}  // namespace xent::reports
