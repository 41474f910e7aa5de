// SPDX-License-Identifier: MIT
// JSON of results: an exact inverse, strict reading.
#include <bit>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "reports/json/json.hpp"
#include "tests/reports/results_fixture.hpp"
#include "tests/support/expect_fault.hpp"
#include "tests/support/folder.hpp"

namespace {

using namespace xent;
using namespace xent::tests;
using Json = nlohmann::json;

template <class T>
bool same(const std::vector<T>& a, const std::vector<T>& b);

template <class T>
bool same(const T& a, const T& b) {
  if constexpr (std::is_same_v<T, double>) {
    return std::bit_cast<std::uint64_t>(a) == std::bit_cast<std::uint64_t>(b) ||
           (std::isnan(a) && std::isnan(b));
  } else if constexpr (std::is_same_v<T, std::optional<double>>) {
    return a.has_value() == b.has_value() && (!a || same(*a, *b));
  } else if constexpr (reports::Record<T>) {
    bool all = true;
    std::apply([&](const auto&... one) { all = (same(a.*(one.member), b.*(one.member)) && ...); },
               reports::fields<T>);
    return all;
  } else {
    return a == b;
  }
}
template <class T>
bool same(const std::vector<T>& a, const std::vector<T>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](const T& x, const T& y) { return same(x, y); });
}

TEST(ResultsJson, Inverse) {
  constexpr double inf = std::numeric_limits<double>::infinity();
  for (const double number : {0.0, -0.0, 0.1, 1e300, 5e-324, 123456789.0, inf, -inf, inf - inf}) {
    const Results results = nasty_results(number);
    const Results back = reports::parse_json(reports::to_json(results), "text");
    EXPECT_TRUE(same(results, back)) << "results survive JSON, number " + std::to_string(number);
  }
  Results extreme = plain_results();
  extreme.runs[0].seed = std::numeric_limits<std::uint64_t>::max();
  extreme.runs[0].incomplete = true;
  extreme.timings[0].batch = std::numeric_limits<std::int64_t>::min();
  EXPECT_TRUE(same(extreme, reports::parse_json(reports::to_json(extreme), "text")))
      << "extreme integers";
  EXPECT_TRUE(same(Results{}, reports::parse_json(reports::to_json(Results{}), "text")))
      << "empty results";
}

/// What every record of a group shares is said once, and nothing is said of what is as it begins.
TEST(ResultsJson, Slim) {
  Results results = plain_results();
  results.laws.assign(3, law("ties", "simd", Verdict::passed));
  results.laws[2].dtype = "f64";
  results.laws[1].message.clear();
  results.laws[1].command.clear();
  results.accuracy[0].cases.push_back({"probs", 2, 3, std::nullopt});
  const std::string text = reports::to_json(results);
  const Json document = Json::parse(text);
  EXPECT_TRUE(document["laws"].size() == 2 && document["laws"][0]["records"].size() == 2)
      << "two groups";
  EXPECT_FALSE(document["laws"][0]["records"][1].contains("message")) << "no message";
  EXPECT_EQ(document["accuracy"][0]["records"][0]["cases"],
            Json::array({Json::array({"labels", 10, 600, 0.5,
                                      "f32/digits/600x10/labels/none/seed=0 (row 3)"}),
                         Json::array({"probs", 2, 3})}))
      << "cases are rows";
  EXPECT_TRUE(holds(text, "\n    {\"law\":\"ties\",\"verdict\":\"passed\""))
      << "a record has a line";
  EXPECT_TRUE(same(results, reports::parse_json(text, "text"))) << "groups and rows are read back";
}

void refused(const std::string& text, const std::string& part) {
  expect_fault<FileError>([&] { (void)reports::parse_json(text, "FILE"); }, "FILE: " + part);
}

/// The document with the value at `pointer` replaced.
std::string with(const std::string& pointer, const Json& value) {
  Json document = Json::parse(reports::to_json(plain_results()));
  document[Json::json_pointer(pointer)] = value;
  return document.dump();
}

std::string without(const std::string& parent, const std::string& key) {
  Json document = Json::parse(reports::to_json(plain_results()));
  document[Json::json_pointer(parent)].erase(key);
  return document.dump();
}

TEST(ResultsJson, Faults) {
  refused("", "is not JSON");
  refused(R"({"schema": )", "is not JSON");
  refused("{\"schema\": \"\xff\"}", "is not JSON");
  refused("[1e999]", "is not JSON");
  refused("[]", "is not a results document");
  for (const std::string old : {"xent-results/1", "xent-results/4"})
    refused(R"({"schema": ")" + old + R"("})",
            R"(/schema: is ")" + old + R"("; this version reads "xent-results/7")");
  refused(std::string(100000, '['), "is nested too deeply");
  refused(without("", "laws"), "/laws: is missing");
  refused(without("/timings/3", "ns_min"), "/timings/3/ns_min: is missing");
  refused(with("/timings/3/ns_min", "fast"), "/timings/3/ns_min: expected a number");
  refused(with("/timings/3/gradient", 1), "/timings/3/gradient: expected a boolean");
  refused(with("/timings/0/batch", 1.5), "/timings/0/batch: expected an integer");
  refused(with("/timings/0/batch", 18446744073709551615U), "/timings/0/batch: the integer is too");
  refused(with("/runs/0/seed", -1), "/runs/0/seed: expected an integer of at least 0");
  refused(with("/laws/0/records/0/verdict", "fine"),
          R"(/laws/0/records/0/verdict: expected "passed")");
  refused(with("/laws/0/records/0/law", nullptr),
          "/laws/0/records/0/law: expected a string, found null");
  refused(with("/laws/0/extra", 0), "/laws/0/extra: is no key");
  refused(with("/laws/0/records/0/extra", 0), "/laws/0/records/0/extra: is no key");
  refused(without("/laws/0", "dtype"), "/laws/0/dtype: is missing");
  refused(without("/laws/0", "records"), "/laws/0/records: is missing");
  refused(with("/laws/0/records", 0), "/laws/0/records: expected an array");
  refused(with("/laws/0", 0), "/laws/0: expected an object");
  refused(without("/laws/0/records/0", "verdict"), "/laws/0/records/0/verdict: is missing");
  const std::string accuracy = "/accuracy/0/records/0";
  refused(with(accuracy + "/errors", 0), accuracy + "/errors: expected an object");
  refused(without(accuracy + "/errors", "count"), accuracy + "/errors/count: is missing");
  refused(with(accuracy + "/cases/0", Json::array({"labels", 2})),
          accuracy + "/cases/0: expected an array of the fields");
  refused(with(accuracy + "/cases/0", Json::array({"labels", 2, 3, 0.5, "", ""})),
          accuracy + "/cases/0: expected an array of the fields");
  refused(with(accuracy + "/cases/0/1", "two"), accuracy + "/cases/0/1: expected an integer");
  refused(with(accuracy + "/cases/0/1", nullptr), accuracy + "/cases/0/1: expected an integer");
  refused(with("/timings/0/threads", "two"), "/timings/0/threads: expected an integer");
  refused(without("/timings/0", "residency"), "/timings/0/residency: is missing");
  refused(without("/roofs/0", "kind"), "/roofs/0/kind: is missing");
  refused(with("/roofs", Json::object()), "/roofs: expected an array");
  refused(with("/timings/2/run", 1), "/timings/2/run: is none of the 1 runs");
  refused(with("/laws/1/run", -1), "/laws/1/run: is none of the 1 runs");
  refused(with("/runs", Json::array()), "/laws/0/run: is none of the 0 runs");
  refused(with("/runs/0/part", 0), "/runs/0/part: is not from 1 to parts");
  refused(with("/runs/0/part", 2), "/runs/0/part: is not from 1 to parts");
  refused(with(accuracy + "/errors/max_ulp", nullptr),
          accuracy + "/errors/max_ulp: expected a num");
}

TEST(ResultsJson, Truncation) {
  const std::string text = reports::to_json(nasty_results(0.1));
  for (std::size_t length = 0; length + 2 < text.size(); length += 7)
    refused(text.substr(0, length), "is not JSON");
}

/// Every byte in turn replaced: read, or refused in one line.
TEST(ResultsJson, Garbled) {
  const std::string text = reports::to_json(plain_results());
  for (std::size_t k = 0; k < text.size(); k += 3) {
    std::string changed = text;
    changed[k] = static_cast<char>(k * 2654435761U >> 8U);
    try {
      (void)reports::parse_json(changed, "FILE");
    } catch (const FileError& fault) {
      EXPECT_TRUE(std::string_view(fault.what()).starts_with("FILE: ")) << fault.what();
    }
  }
}

/// What was not measured has no key, and comes back as nothing.
TEST(ResultsJson, Absent) {
  Results results = plain_results();
  results.accuracy[0].errors.max_backward.reset();
  const std::string text = reports::to_json(results);
  const Json errors = Json::parse(text)["accuracy"][0]["records"][0]["errors"];
  EXPECT_TRUE(!errors.contains("max_backward") && !errors.contains("backward_witness") &&
              errors.contains("max_relative"))
      << "what was not measured has no key";
  EXPECT_TRUE(same(results, reports::parse_json(text, "text"))) << "and comes back as nothing";
}

TEST(ResultsJson, Files) {
  const tests::Folder own;
  const std::string& folder = own.path;
  const std::string path = folder + "/results.json";
  reports::write_json(plain_results(), path);
  EXPECT_TRUE(same(plain_results(), reports::read_json(path))) << "results survive a file";
  expect_fault<FileError>([&] { (void)reports::read_json(folder); }, folder + ": is a directory");
  expect_fault<FileError>([&] { (void)reports::read_json(path + ".none"); },
                          ".none: cannot be read");
}

}  // namespace
