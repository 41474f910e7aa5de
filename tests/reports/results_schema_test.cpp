// SPDX-License-Identifier: MIT
// The list of fields: every member of every record, by the names of results.schema.json.
#include <cstddef>
#include <cstdlib>
#include <exception>
#include <fstream>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "reports/json/fields.hpp"
#include "reports/json/json.hpp"

namespace {

using namespace xent;
using Json = nlohmann::json;

/// Converts to the type of any member, for counting members; no conversion is ever run.
struct Any {
  template <class T>
  operator T&() const {  // NOLINT(google-explicit-constructor): the conversion is the point
    std::abort();
  }
};

template <class T, std::size_t... K>
constexpr bool takes(std::index_sequence<K...>) {
  return requires { T{(static_cast<void>(K), Any{})...}; };
}

/// The number of members of an aggregate.
template <class T, std::size_t N = 32>
constexpr std::size_t members() {
  if constexpr (takes<T>(std::make_index_sequence<N>()))
    return N;
  else
    return members<T, N - 1>();
}

template <class... Records>
constexpr bool listed =
    ((members<Records>() ==
      std::tuple_size_v<std::remove_cvref_t<decltype(reports::fields<Records>)>>)&&...);
static_assert(listed<Witness, Categories, ErrorStats, LawStatement, LawRecord, JudgedCase,
                     AccuracyRecord, TimingRecord, RoofRecord, Provenance, Results>,
              "reports/json/fields.hpp lists every member of every record");

using Names = std::set<std::string>;

/// The definition has these properties and no others.
void compare(const Json& of, const std::string& name, const Names& expected,
             const Names& required) {
  Names properties;
  for (const auto& [key, value] : of["properties"].items()) properties.insert(key);
  EXPECT_EQ(properties, expected) << "the schema's properties of " + name;
  EXPECT_EQ(of["required"].get<Names>(), required) << "what is always there is required in " + name;
  EXPECT_EQ(of["additionalProperties"], false) << "nothing else allowed in " + name;
}

/// Compares a definition of the schema with the fields of R that are not shared, and that of its
/// group, if there is one, with those that are.
template <class R>
void compare(const Json& schema, const std::string& name, const std::string& group = "") {
  Names expected;
  Names required;
  Names shared = {"records"};
  reports::for_each_description<R>([&](const auto& one) {
    if (one.presence == reports::Presence::shared) return void(shared.emplace(one.name));
    expected.emplace(one.name);
    if (one.presence == reports::Presence::always) required.emplace(one.name);
  });
  if (name == "Results") expected.emplace("schema");
  if (name == "Results") required.emplace("schema");
  compare(schema["$defs"][name], name, expected, required);
  EXPECT_EQ(reports::in_groups<R>, !group.empty()) << name + " is in groups";
  if (!group.empty()) compare(schema["$defs"][group], group, shared, shared);
}

void schema() {
  std::ifstream file(XENT_SOURCE_DIR "/reports/results.schema.json");
  const Json schema = Json::parse(file);
  compare<Results>(schema, "Results");
  compare<Provenance>(schema, "Provenance");
  compare<LawStatement>(schema, "LawStatement");
  compare<LawRecord>(schema, "LawRecord", "LawGroup");
  compare<AccuracyRecord>(schema, "AccuracyRecord", "AccuracyGroup");
  const Json& row = schema["$defs"]["JudgedCase"];
  EXPECT_TRUE(row["prefixItems"].size() == row["maxItems"] &&
              row["maxItems"] == std::tuple_size_v<decltype(reports::fields<JudgedCase>)> &&
              row["minItems"] == row["prefixItems"].size() - 2)
      << "a row has all fields, but perhaps no ratio and no place";
  compare<ErrorStats>(schema, "ErrorStats");
  compare<Witness>(schema, "Witness");
  compare<Categories>(schema, "Categories");
  compare<TimingRecord>(schema, "TimingRecord");
  compare<RoofRecord>(schema, "RoofRecord");
  EXPECT_EQ(schema["$defs"]["Results"]["properties"]["schema"]["const"], reports::json_schema)
      << "the schema's version";
}

TEST(ResultsSchema, EachField) { schema(); }

}  // namespace
