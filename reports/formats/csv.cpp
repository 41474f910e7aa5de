// SPDX-License-Identifier: MIT
// results.csv: one line for each number and verdict, as RFC 4180 has it. Every line names what the
// number is of in the same columns; what does not apply is empty.
#include <array>
#include <iterator>
#include <optional>
#include <type_traits>

#include <fmt/format.h>

#include "reports/format.hpp"
#include "reports/json/fields.hpp"
#include "reports/text.hpp"

namespace xent::reports::format {
namespace {

constexpr std::array<std::string_view, 16> keys = {
    "kind",     "run",       "implementation", "dtype",   "instruction_set", "targets",
    "gradient", "reduction", "batch",          "classes", "inner",           "layout",
    "threads",  "residency", "source",         "quantity"};

std::string csv_field(std::string_view raw) {
  std::string text = printable(raw);
  if (text.find_first_of(",\"\r\n") == std::string_view::npos) return text;
  std::string safe = "\"";
  for (const char c : text) safe += c == '"' ? "\"\"" : std::string(1, c);
  return safe + "\"";
}

std::string text(const std::string& value) { return value; }
std::string text(bool value) { return value ? "true" : "false"; }
std::string text(Verdict value) { return std::string(to_string(value)); }
template <class Number>
requires std::is_arithmetic_v<Number> std::string text(Number value) {
  return fmt::format("{}", value);
}

/// The column that a field fills, or the end of `keys`: a law and a roof's kernel are sources, what
/// kind of roof it is a quantity.
std::size_t column_of(std::string_view name) {
  if (name == "law" || name == "kernel") name = "source";
  if (name == "kind") name = "quantity";
  std::size_t k = 0;
  while (k < keys.size() && keys[k] != name) ++k;
  return k;
}

template <class T>
concept Value = std::is_arithmetic_v<T> || std::is_same_v<T, Verdict>;

/// A line for every number that was measured and every verdict of the record that is no key, and
/// one that says why it is unreliable, where it is.
template <Record R>
void append_values(const R& record, const std::string& line, const std::string& prefix,
                   std::string& out) {
  for_each_field(record, [&](std::string_view name, const auto& member) {
    using Member = std::remove_cvref_t<decltype(member)>;
    if constexpr (std::is_same_v<Member, Categories>)
      append_values(member, line, prefix + std::string(name) + ".", out);
    else if constexpr (std::is_same_v<Member, ErrorStats>)
      append_values(member, line, prefix, out);
    else if constexpr (std::is_same_v<Member, std::optional<double>>) {
      if (member)
        fmt::format_to(std::back_inserter(out), "{},{}{},{}\r\n", line, prefix, name, *member);
    } else if constexpr (std::is_same_v<Member, std::string>) {
      if (name == "unreliable" && !member.empty())
        fmt::format_to(std::back_inserter(out), "{},{},{}\r\n", line, name, csv_field(member));
    } else if constexpr (Value<Member>)
      if (column_of(name) == keys.size())
        fmt::format_to(std::back_inserter(out), "{},{}{},{}\r\n", line, prefix, name, text(member));
  });
}

template <Record R>
void append_record(std::string_view kind, const R& record, std::string& out) {
  std::array<std::string, keys.size()> values;
  values[0] = kind;
  for_each_field(record, [&](std::string_view name, const auto& member) {
    using Member = std::remove_cvref_t<decltype(member)>;
    if constexpr (Value<Member> || std::is_same_v<Member, std::string>)
      if (const std::size_t k = column_of(name); k < keys.size())
        values[k] = csv_field(text(member));
  });
  append_values(record, fmt::format("{}", fmt::join(values, ",")), "", out);
}

void write_csv(const Results& results, std::string& out) {
  fmt::format_to(std::back_inserter(out), "{},metric,value\r\n", fmt::join(keys, ","));
  for (const LawRecord& one : results.laws) append_record("law", one, out);
  for (const AccuracyRecord& one : results.accuracy) append_record("accuracy", one, out);
  for (const TimingRecord& one : results.timings) append_record("timing", one, out);
  for (const RoofRecord& one : results.roofs) append_record("roof", one, out);
}

}  // namespace

extern const Format csv;
const Format csv = {"csv", "results.csv", write_csv};

}  // namespace xent::reports::format
