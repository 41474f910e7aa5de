// SPDX-License-Identifier: MIT
// Layout of JSON.
#include "reports/json/layout.hpp"

#include <algorithm>

#include <nlohmann/json.hpp>

namespace xent::reports {
namespace {

using Json = nlohmann::ordered_json;

std::string text_of(const Json& value) {
  return value.dump(-1, ' ', false, Json::error_handler_t::replace);
}

void append(const Json& value, std::size_t depth, std::string& out);

/// The elements, each on a line of its own where they are objects.
void append_array(const Json& array, std::size_t depth, std::string& out) {
  const bool lines =
      std::any_of(array.begin(), array.end(), [](const Json& one) { return one.is_object(); });
  if (!lines) {
    out += text_of(array);
    return;
  }
  const char* before = "[\n";
  for (const Json& one : array) {
    out += before + std::string(depth, ' ');
    append(one, depth + 1, out);
    before = ",\n";
  }
  out += "]";
}

/// The members, each on a line of its own in the document itself; a group has one for its records.
void append(const Json& value, std::size_t depth, std::string& out) {
  if (value.is_array()) return append_array(value, depth, out);
  if (!value.is_object() || (depth > 1 && !value.contains("records"))) {
    out += text_of(value);
    return;
  }
  out += "{";
  bool first = true;
  for (const auto& [key, member] : value.items()) {
    if (!first) out += ",";
    if (depth == 1) out += "\n ";
    out += text_of(key) + ":";
    append(member, depth + 1, out);
    first = false;
  }
  out += "}";
}

}  // namespace

std::string laid_out(const nlohmann::ordered_json& document) {
  std::string out;
  append(document, 1, out);
  return out + "\n";
}

}  // namespace xent::reports
