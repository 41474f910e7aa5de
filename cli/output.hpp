// SPDX-License-Identifier: MIT
// Output: where the machine-readable result of a verb goes.
#pragma once

#include <string>
#include <string_view>

#include <nlohmann/json_fwd.hpp>

#include <xent/record.hpp>

namespace xent::cli {

/// Writes to a file, which appears whole or not at all, or to standard output where it is "-".
void write_text(const std::string& file, std::string_view text);

/// The document, indented.
void write_json(const std::string& file, const nlohmann::ordered_json& document);

/// Records, as reports/results.schema.json describes them.
void write_json(const std::string& file, const Results& results);

/// Whether the text for people goes to standard output: not where the JSON goes there.
inline bool speaks(const std::string& json_file) { return json_file != "-"; }

}  // namespace xent::cli
