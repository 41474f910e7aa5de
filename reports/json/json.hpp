// SPDX-License-Identifier: MIT
// JSON: results as one document, and back. reports/results.schema.json describes it.
#pragma once

#include <string>
#include <string_view>

#include <nlohmann/json_fwd.hpp>

#include <xent/records/results.hpp>

#include "system/output_file.hpp"

namespace xent::reports {

/// The name and version of the document's form.
inline constexpr std::string_view json_schema = "xent-results/7";

/// The document, a line for each record, with a newline at its end. What is absent has no key, and
/// what is as in a record just made may have none (fields.hpp). Numbers are the shortest text that
/// reads back as the same bits; those that are not finite are the strings "inf", "-inf" and "nan".
/// Bytes that are no UTF-8 become U+FFFD.
std::string to_json(const Results& results);

/// The errors by the names of that document, with the counts that are 0.
nlohmann::ordered_json to_json(const ErrorStats& errors);

/// The witness by the names of that document.
nlohmann::ordered_json to_json(const Witness& witness);

/// The inverse of to_json. Throws FileError "NAME: fault" where the text is not such a document:
/// not JSON, not UTF-8, nested too deeply, of another version; a key that is missing, unknown or of
/// another type is named by its JSON pointer.
Results parse_json(std::string_view text, const std::string& name);

/// Reads a file through parse_json; FileError also where it cannot be read.
Results read_json(const std::string& path);

/// Writes to_json to a file, which appears whole or not at all. Throws FileError.
void write_json(const Results& results, const std::string& path);

}  // namespace xent::reports
