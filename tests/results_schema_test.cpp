// SPDX-License-Identifier: MIT
// The list of fields: every member of every record, by the names of results.schema.json.
#include <cstddef>
#include <exception>
#include <fstream>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>

#include <nlohmann/json.hpp>

#include "reports/fields.hpp"
#include "reports/json.hpp"
#include "tests/expect.hpp"

namespace {

using namespace xent;
using namespace xent::tests;
using Json = nlohmann::json;

/// Converts to the type of any member, for counting members.
struct Any {
  template <class T>
  operator T&() const;  // NOLINT(google-explicit-constructor): the conversion is the point
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
static_assert(listed<Witness, Categories, ErrorStats, LawRecord, AccuracyRecord, TimingRecord,
                     RoofRecord, Provenance, Results>,
              "reports/fields.hpp lists every member of every record");

/// Compares the properties of a definition of the schema with the fields of R.
template <class R>
void compare(const Json& schema, const std::string& name) {
  const Json& of = schema["$defs"][name];
  std::set<std::string> expected;
  std::set<std::string> required;
  R record;
  reports::for_each_field(record, [&](std::string_view field, auto& member) {
    expected.emplace(field);
    if (!reports::may_be_absent<std::remove_cvref_t<decltype(member)>>) required.emplace(field);
  });
  if (name == "Results") expected.emplace("schema");
  if (name == "Results") required.emplace("schema");
  std::set<std::string> properties;
  for (const auto& [key, value] : of["properties"].items()) properties.insert(key);
  expect(properties == expected, "the schema's properties of " + name);
  expect(of["required"].get<std::set<std::string>>() == required,
         "what cannot be absent is required in " + name);
  expect(of["additionalProperties"] == false, "nothing else allowed in " + name);
}

void schema() {
  std::ifstream file(XENT_SOURCE_DIR "/reports/results.schema.json");
  const Json schema = Json::parse(file);
  compare<Results>(schema, "Results");
  compare<Provenance>(schema, "Provenance");
  compare<LawRecord>(schema, "LawRecord");
  compare<AccuracyRecord>(schema, "AccuracyRecord");
  compare<ErrorStats>(schema, "ErrorStats");
  compare<Witness>(schema, "Witness");
  compare<Categories>(schema, "Categories");
  compare<TimingRecord>(schema, "TimingRecord");
  compare<RoofRecord>(schema, "RoofRecord");
  expect(schema["$defs"]["Results"]["properties"]["schema"]["const"] == reports::json_schema,
         "the schema's version");
}

}  // namespace

int main() {
  try {
    schema();
  } catch (const std::exception& fault) {
    xent::tests::expect(false, fault.what());
  }
  return xent::tests::exit_code();
}
