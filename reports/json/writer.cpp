// SPDX-License-Identifier: MIT
// JSON writer: every record is an object with the names of its fields, but for rows and groups
// (reports/json/fields.hpp).
#include <cmath>
#include <cstdint>
#include <optional>
#include <string>
#include <type_traits>
#include <vector>

#include <nlohmann/json.hpp>

#include "reports/json/fields.hpp"
#include "reports/json/json.hpp"
#include "reports/json/layout.hpp"

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

Json written(const std::optional<double>& value) { return value ? written(*value) : Json(); }

template <Record R>
Json written(const R& record);

template <class T>
Json written(const std::vector<T>& values);

template <class T>
bool same(const T& a, const T& b) {
  return a == b;
}
bool same(double a, double b) { return a == b && std::signbit(a) == std::signbit(b); }
template <class T>
bool same(const std::vector<T>& a, const std::vector<T>& b) {
  return a.empty() && b.empty();
}

/// Adds the fields of one presence that are to be written.
template <Record R>
void add_fields(const R& record, bool shared, Json& object) {
  [[maybe_unused]] static const R blank{};
  for_each_description<R>([&](const auto& one) {
    const auto& member = record.*(one.member);
    if ((one.presence == Presence::shared) != shared) return;
    const auto& usual = one.otherwise == nullptr ? blank.*(one.member) : record.*(one.otherwise);
    if (one.presence == Presence::unless_default && same(member, usual)) return;
    object[std::string(one.name)] = written(member);
  });
}

template <Record R>
Json written(const R& record) {
  if constexpr (is_row<R>) {
    static const R blank{};
    Json row = Json::array();
    std::size_t needed = 0;
    for_each_description<R>([&](const auto& one) {
      row.push_back(written(record.*(one.member)));
      if (one.presence != Presence::unless_default ||
          !same(record.*(one.member), blank.*(one.member)))
        needed = row.size();
    });
    row.erase(row.begin() + static_cast<std::ptrdiff_t>(needed), row.end());
    return row;
  } else {
    Json object = Json::object();
    add_fields(record, false, object);
    return object;
  }
}

template <class T>
Json written(const std::vector<T>& values) {
  Json array = Json::array();
  Json last;  // what the records of the last group share
  for (const T& value : values) {
    if constexpr (Record<T>) {
      if constexpr (in_groups<T>) {
        Json group = Json::object();
        add_fields(value, true, group);
        if (array.empty() || group != last) {
          last = group;
          group["records"] = Json::array();
          array.push_back(std::move(group));
        }
        array.back()["records"].push_back(written(value));
        continue;
      }
    }
    array.push_back(written(value));
  }
  return array;
}

/// The record with its counts of 0; only what was not measured is left out.
template <Record R>
Json written_in_full(const R& record) {
  static const R blank{};
  Json object = Json::object();
  for_each_description<R>([&](const auto& one) {
    const auto& member = record.*(one.member);
    using Member = std::remove_cvref_t<decltype(member)>;
    const std::string name(one.name);
    if constexpr (std::is_same_v<Member, Categories>)
      object[name] = written_in_full(member);
    else if (!may_be_absent<Member> || !same(member, blank.*(one.member)))
      object[name] = written(member);
  });
  return object;
}

}  // namespace

nlohmann::ordered_json to_json(const ErrorStats& errors) { return written_in_full(errors); }

nlohmann::ordered_json to_json(const Witness& witness) { return written_in_full(witness); }

std::string to_json(const Results& results) {
  Json document = {{"schema", json_schema}};
  document.update(written(results));
  return laid_out(document);
}

}  // namespace xent::reports
