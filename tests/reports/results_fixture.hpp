// SPDX-License-Identifier: MIT
// Results made up for tests of the reports: every kind of record, plain or with hostile text and
// numbers.
#pragma once

#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include <xent/records/results.hpp>

#include "reports/format.hpp"
#include "reports/json/fields.hpp"

namespace xent::tests {

// The mark of right-to-left writing is among what `printable` has to remove.
inline const std::string nasty =  // NOLINTNEXTLINE(misc-misleading-bidirectional)
    "<script>alert('x')</script>\"|`,&amp;\n--> ]]> *b* \x01\x1b\u00e9\xe2\x80\xae {0} %s end";

/// nasty without what `printable` removes.
inline const std::string nasty_printable =
    "<script>alert('x')</script>\"|`,&amp;\n--> ]]> *b* \u00e9 {0} %s end";

inline TimingRecord timing(const char* implementation, const char* targets, std::int64_t batch,
                           std::int64_t classes, double ns_per_logit, double multiple) {
  TimingRecord record;
  record.implementation = implementation;
  record.dtype = "f32";
  record.targets = targets;
  record.batch = batch;
  record.classes = classes;
  record.repetitions = 7;
  const auto logits = static_cast<double>(batch * classes);
  record.ns_min = ns_per_logit * logits;
  record.ns_median = 1.1 * record.ns_min;
  record.spread = 0.04;
  record.samples_ns.assign(7, record.ns_min);
  record.bytes = (record.targets == "one_hot" ? 8 : 4) * logits;
  record.residency = "L2";
  record.roof_multiple = multiple;
  record.checked_ulp = 1.5;
  record.checked_rows = 8;
  return record;
}

inline LawRecord law(const char* name, const char* implementation, Verdict verdict) {
  return {name, implementation, "f32", verdict, 213, 0.25, "the reason", "xent verify"};
}

inline AccuracyRecord accuracy(const char* implementation, const char* tier, double ratio) {
  AccuracyRecord record{
      .implementation = implementation,
      .dtype = "f32",
      .instruction_set = "",
      .source = "digits",
      .quantity = "loss",
      .tier = tier,
      .errors = {},
      .seconds = 0.125,
      .cases = {{"labels", 10, 600, ratio, "f32/digits/600x10/labels/none/seed=0 (row 3)"}}};
  record.errors = {
      .count = 600,
      .correctly_rounded = 599,
      .undecided = 0,
      .undecided_witness = {},
      .p50 = 0.25,
      .p99 = 0.5,
      .p999 = 0.75,
      .max_ulp = 1.25,
      .max_witness = {"f32/digits/600x10", 3, -1, "0x1p-3", "0.125", 1.25, "xent verify --case"},
      .max_terms_ulp = 1.125,
      .terms_witness = {},
      .max_relative = 0x1p-24,
      .relative_witness = {},
      .max_absolute = 1.5,
      .absolute_witness = {},
      .max_backward = 0.625,
      .backward_witness = {},
      .max_ratio = ratio,
      .ratio_witness = {},
      .over_bound = 0,
      .categories = {},
      .cancelled = 0,
      .category_witness = {}};
  record.verdict = ratio > 1 ? Verdict::failed : Verdict::passed;
  return record;
}

/// All checks passed; `simd` is the fastest accurate implementation, `naive` faster still.
inline Results plain_results() {
  Results results;
  results.runs = {{"0.1.0",
                   "abc",
                   "GNU 12",
                   "-O3",
                   "Release",
                   "a processor",
                   2,
                   4,
                   2.5,
                   0.5,
                   1.25,
                   {},
                   "",
                   "Linux",
                   "fmt",
                   {"AVX2", "SSE2"},
                   "xent bench",
                   "2000-01-01T00:00:00Z",
                   7,
                   "0123456789abcdef",
                   "",
                   1,
                   1}};
  results.statements = {{"ties", "L >= 0"}};
  results.laws = {law("ties", "simd", Verdict::passed), law("ties", "naive", Verdict::skipped)};
  results.accuracy = {accuracy("simd", "accurate", 0.5), accuracy("naive", "none", 0.25)};
  results.timings = {
      timing("simd", "labels", 128, 1000, 0.2, 2.4), timing("naive", "labels", 128, 1000, 0.1, 1.2),
      timing("simd", "one_hot", 128, 1000, 0.4, 4.8), timing("simd", "labels", 128, 10, 0.2, 2.4),
      timing("simd", "one_hot", 128, 10, 0.4, 4.8)};
  results.roofs = {{"read", "max_x4", "f32", 128, 1000, 1, 512000, "L2", 30.25, true},
                   {"nt_write", "stream_x4", "f32", 128, 1000, 1, 512000, "L2", 20.5, true}};
  return results;
}

template <class T>
void spoil(std::vector<T>& values, double number);

/// Every text is nasty and every floating-point number `number`.
template <class T>
void spoil(T& value, double number) {
  if constexpr (std::is_same_v<T, std::string>)
    value = nasty;
  else if constexpr (std::is_same_v<T, double> || std::is_same_v<T, std::optional<double>>)
    value = number;
  else if constexpr (reports::Record<T>)
    reports::for_each_field(value, [&](std::string_view, auto& member) { spoil(member, number); });
}
template <class T>
void spoil(std::vector<T>& values, double number) {
  for (T& value : values) spoil(value, number);
}

/// A record of each kind and verdict, spoilt.
inline Results nasty_results(double number) {
  Results results = plain_results();
  for (const Verdict verdict : {Verdict::failed, Verdict::mistrusted, Verdict::undecided}) {
    results.laws.push_back(law("ties", "simd", verdict));
    results.accuracy.push_back(accuracy("simd", "stable", 2));
    results.accuracy.back().verdict = verdict;
  }
  results.accuracy.back().errors.categories.lost = 3;
  results.accuracy.back().errors.undecided = 4;
  spoil(results, number);
  return results;
}

/// Results of every kind that a document must stand.
inline std::vector<Results> all_results() {
  constexpr double inf = std::numeric_limits<double>::infinity();
  return {Results{},
          plain_results(),
          nasty_results(0.5),
          nasty_results(0),
          nasty_results(std::numeric_limits<double>::quiet_NaN()),
          nasty_results(inf),
          nasty_results(-inf)};
}

/// The whole document of the format of that name.
inline std::string document(const char* format, const Results& results) {
  return reports::written(*reports::find_format(format), results);
}

inline bool holds(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

}  // namespace xent::tests
