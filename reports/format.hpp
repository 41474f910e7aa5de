// SPDX-License-Identifier: MIT
// Formats: the documents that are made of results.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include <xent/records/results.hpp>

namespace xent::reports {

struct Format {
  std::string_view name;
  std::string_view file_name;
  void (*write)(const Results& results, std::string& out);  // appends the whole document
};

/// All formats, in the order of reports/formats.def.
std::span<const Format* const> formats();

/// The format of that name, or nullptr.
const Format* find_format(std::string_view name);

/// The whole document of one format.
std::string written(const Format& format, const Results& results);

}  // namespace xent::reports
