// SPDX-License-Identifier: MIT
// JSON reader: the inverse of the writer. Strict: a key that is missing, unknown or of another type
// is a fault; what may be left out is as in a record just made.
#include <cstdint>
#include <functional>
#include <limits>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <type_traits>
#include <vector>

#include <nlohmann/json.hpp>

#include "reports/json/fields.hpp"
#include "reports/json/json.hpp"

namespace xent::reports {
namespace {

using Json = nlohmann::json;

using Names = std::set<std::string, std::less<>>;

constexpr int max_depth = 8;  // results nest seven deep

/// Where a value stands: the file, and the JSON pointer in it.
struct Place {
  const std::string& file;
  std::string pointer;

  Place at(std::string_view key) const { return {file, pointer + "/" + std::string(key)}; }
  [[noreturn]] void fault(const std::string& what) const {
    throw FileError(file, pointer.empty() ? what : pointer + ": " + what);
  }
  [[noreturn]] void mismatch(const std::string& expected, const Json& got) const {
    fault("expected " + expected + ", found " + got.type_name());
  }
};

void read(const Json& json, bool& value, const Place& place) {
  if (!json.is_boolean()) place.mismatch("a boolean", json);
  value = json.get<bool>();
}

void read(const Json& json, std::int64_t& value, const Place& place) {
  if (!json.is_number_integer()) place.mismatch("an integer", json);
  if (json.is_number_unsigned() &&
      json.get<std::uint64_t>() > std::uint64_t{std::numeric_limits<std::int64_t>::max()})
    place.fault("the integer is too large");
  value = json.get<std::int64_t>();
}

void read(const Json& json, std::uint64_t& value, const Place& place) {
  if (!json.is_number_unsigned()) place.mismatch("an integer of at least 0", json);
  value = json.get<std::uint64_t>();
}

void read(const Json& json, double& value, const Place& place) {
  constexpr double inf = std::numeric_limits<double>::infinity();
  if (json.is_number())
    value = json.get<double>();
  else if (json == "inf")
    value = inf;
  else if (json == "-inf")
    value = -inf;
  else if (json == "nan")
    value = std::numeric_limits<double>::quiet_NaN();
  else
    place.mismatch(R"(a number, "inf", "-inf" or "nan")", json);
}

void read(const Json& json, std::optional<double>& value, const Place& place) {
  read(json, value.emplace(), place);
}

void read(const Json& json, std::string& value, const Place& place) {
  if (!json.is_string()) place.mismatch("a string", json);
  value = json.get<std::string>();
}

void read(const Json& json, Verdict& value, const Place& place) {
  for (const Verdict one : all_verdicts)
    if (json == to_string(one)) {
      value = one;
      return;
    }
  place.fault(
      R"(expected "passed", "failed", "skipped", "mistrusted", "undecided", "nothing_checked" or "interrupted")");
}

template <Record R>
void read(const Json& json, R& record, const Place& place);
template <class T>
void read(const Json& json, std::vector<T>& values, const Place& place);

/// Reads the fields that are shared, or the others, and adds their names to `known`.
template <Record R>
void read_fields(const Json& json, R& record, bool shared, Names& known, const Place& place) {
  for_each_description<R>([&](const auto& one) {
    if ((one.presence == Presence::shared) != shared) return;
    known.emplace(one.name);
    const auto found = json.find(one.name);
    if (found != json.end() && found->is_null() && one.otherwise != nullptr)
      record.*(one.member) = {};  // which was not measured
    else if (found != json.end())
      read(*found, record.*(one.member), place.at(one.name));
    else if (one.otherwise != nullptr)
      record.*(one.member) = record.*(one.otherwise);
    else if (one.presence != Presence::unless_default)
      place.at(one.name).fault("is missing");
  });
}

void refuse_unknown(const Json& json, const Names& known, const Place& place) {
  for (const auto& [key, value] : json.items())
    if (!known.contains(key)) place.at(key).fault("is no key of this version");
}

/// A record as an array of its fields, without the last ones that may be left out; null is a number
/// that was not measured.
template <Record R>
void read_row(const Json& json, R& record, const Place& place) {
  std::size_t k = 0;
  const auto refuse = [&] { place.mismatch("an array of the fields", json); };
  if (!json.is_array()) refuse();
  for_each_description<R>([&](const auto& one) {
    auto& member = record.*(one.member);
    if (k < json.size()) {
      if (!may_be_absent<std::remove_cvref_t<decltype(member)>> || !json[k].is_null())
        read(json[k], member, place.at(std::to_string(k)));
    } else if (one.presence != Presence::unless_default) {
      refuse();
    }
    ++k;
  });
  if (json.size() > k) refuse();
}

template <Record R>
void read(const Json& json, R& record, const Place& place) {
  if constexpr (is_row<R>) {
    read_row(json, record, place);
  } else {
    if (!json.is_object()) place.mismatch("an object", json);
    Names known;
    read_fields(json, record, false, known, place);
    refuse_unknown(json, known, place);
  }
}

/// The records of a group, added to `values`.
template <Record R>
void read_group(const Json& json, std::vector<R>& values, const Place& place) {
  if (!json.is_object()) place.mismatch("an object", json);
  R common;
  Names known = {"records"};
  read_fields(json, common, true, known, place);
  refuse_unknown(json, known, place);
  if (!json.contains("records")) place.at("records").fault("is missing");
  const Json& records = json["records"];
  if (!records.is_array()) place.at("records").mismatch("an array", records);
  for (std::size_t k = 0; k < records.size(); ++k)
    read(records[k], values.emplace_back(common), place.at("records").at(std::to_string(k)));
}

template <class T>
void read(const Json& json, std::vector<T>& values, const Place& place) {
  if (!json.is_array()) place.mismatch("an array", json);
  for (std::size_t k = 0; k < json.size(); ++k) {
    const Place there = place.at(std::to_string(k));
    if constexpr (Record<T>) {
      if constexpr (in_groups<T>) {
        read_group(json[k], values, there);
        continue;
      }
    }
    read(json[k], values.emplace_back(), there);
  }
}

Json parsed(std::string_view text, const std::string& name) {
  const auto shallow = [&](int depth, Json::parse_event_t, const Json&) {
    if (depth > max_depth) throw FileError(name, "is nested too deeply to be results");
    return true;
  };
  try {
    return Json::parse(text, shallow);
  } catch (const Json::exception& error) {
    const std::string what = error.what();  // "[json.exception.NAME.ID] what"
    throw FileError(name, "is not JSON: " + what.substr(what.find("] ") + 2));
  }
}

/// Every record is of a run that the document has.
template <class Records>
void require_runs(const Records& records, std::size_t runs, const Place& place) {
  for (std::size_t k = 0; k < records.size(); ++k)
    if (records[k].run < 0 || static_cast<std::size_t>(records[k].run) >= runs)
      place.at(std::to_string(k))
          .at("run")
          .fault("is none of the " + std::to_string(runs) + " runs");
}

void require_runs(const Results& results, const Place& top) {
  const std::size_t runs = results.runs.size();
  require_runs(results.laws, runs, top.at("laws"));
  require_runs(results.accuracy, runs, top.at("accuracy"));
  require_runs(results.timings, runs, top.at("timings"));
  require_runs(results.roofs, runs, top.at("roofs"));
  for (std::size_t k = 0; k < runs; ++k)
    if (results.runs[k].part < 1 || results.runs[k].part > results.runs[k].parts)
      top.at("runs").at(std::to_string(k)).at("part").fault("is not from 1 to parts");
}

}  // namespace

Results parse_json(std::string_view text, const std::string& name) {
  Json document = parsed(text, name);
  const Place top{name, ""};
  if (!document.is_object() || !document.contains("schema"))
    top.fault("is not a results document: it has no \"schema\"");
  if (document["schema"] != json_schema)
    top.at("schema").fault("is " + document["schema"].dump() + "; this version reads \"" +
                           std::string(json_schema) + "\"");
  document.erase("schema");
  Results results;
  read(document, results, top);
  require_runs(results, top);
  return results;
}

}  // namespace xent::reports
