// SPDX-License-Identifier: MIT
// Layout of JSON: a line for each record, so that a document can be read, searched and compared by
// lines, and is not half spaces.
#pragma once

#include <string>

#include <nlohmann/json_fwd.hpp>

namespace xent::reports {

/// The document as text with a newline at its end. Its keys, the objects in its arrays and their
/// "records" begin lines of their own; what is deeper stands in one. Bytes that are no UTF-8 become
/// U+FFFD.
std::string laid_out(const nlohmann::ordered_json& document);

}  // namespace xent::reports
