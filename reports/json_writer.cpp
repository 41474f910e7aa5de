// SPDX-License-Identifier: MIT
// JSON writer: every record is an object with the names of its fields.
#include <cmath>
#include <cstdint>
#include <optional>
#include <string>
#include <type_traits>
#include <vector>

#include <nlohmann/json.hpp>

#include "reports/fields.hpp"
#include "reports/json.hpp"

namespace xent::reports {
namespace {

using Json = nlohmann::ordered_json;

Json written(bool value) { return value; }
Json written(std::int64_t value) { return value; }
Json written(std::uint64_t value) { return value; }
Json written(const std::string& value) { return value; }
Json written(Verdict value) { return std::string(to_string(value)); }

Json written(double value) {
  if (std::isnan(value)) return "nan";
  if (std::isinf(value)) return value > 0 ? "inf" : "-inf";
  return value;
}

Json written(const std::optional<double>& value) { return written(*value); }

template <Record R>
Json written(const R& record);

template <class T>
Json written(const std::vector<T>& values) {
  Json array = Json::array();
  for (const T& value : values) array.push_back(written(value));
  return array;
}

bool is_absent(const std::optional<double>& value) { return !value; }
bool is_absent(const Witness& witness) { return witness == Witness{}; }

template <Record R>
Json written(const R& record) {
  Json object = Json::object();
  for_each_field(record, [&](std::string_view name, const auto& member) {
    if constexpr (may_be_absent<std::remove_cvref_t<decltype(member)>>)
      if (is_absent(member)) return;
    object[std::string(name)] = written(member);
  });
  return object;
}

}  // namespace

nlohmann::ordered_json to_json(const ErrorStats& errors) { return written(errors); }

std::string to_json(const Results& results) {
  Json document = {{"schema", json_schema}};
  document.update(written(results));
  return document.dump(1, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace xent::reports
