// SPDX-License-Identifier: MIT
// junit.xml: a test case for every law, implementation and element type, and one for every accuracy
// record, with the seconds that each took. An undecided check is a failure of its own type; a
// mistrusted one is skipped there, with its reason: the form has no such outcome. A run that was
// interrupted is an error.
#include <cmath>
#include <iterator>

#include <fmt/format.h>

#include "reports/format.hpp"
#include "reports/records/outcome.hpp"
#include "reports/records/verdict.hpp"
#include "reports/text.hpp"

namespace xent::reports::format {
namespace {

struct TestCase {
  std::string class_name;
  std::string name;
  double seconds = 0;
  Verdict verdict = Verdict::skipped;
  std::string message;
  std::string command;
};

/// escaped() for an attribute, where a newline would be read as a space.
std::string attribute(std::string_view text) {
  std::string safe;
  for (const char c : escaped(text)) safe += c == '\n' ? "&#10;" : std::string(1, c);
  return safe;
}

std::string seconds_text(double seconds) {
  return std::isfinite(seconds) && seconds > 0 ? fmt::format("{:.3f}", seconds) : "0";
}

TestCase test_case(const LawRecord& law) {
  return {law.implementation + "." + law.dtype,
          law.law,
          law.seconds,
          law.verdict,
          law.message,
          law.command};
}

TestCase test_case(const AccuracyRecord& record) {
  const ErrorStats& errors = record.errors;
  return {record.implementation + "." + record.dtype,
          "accuracy: " + subject(record),
          record.seconds,
          record.verdict,
          errors_text(errors),
          errors.telling_witness().command};
}

void append(const TestCase& test, std::string& out) {
  auto to = std::back_inserter(out);
  fmt::format_to(to, R"(<testcase classname="{}" name="{}" time="{}")", attribute(test.class_name),
                 attribute(test.name), seconds_text(test.seconds));
  if (test.verdict == Verdict::passed) {
    out += "/>\n";
  } else if (fails(test.verdict)) {
    fmt::format_to(to,
                   "><failure type=\"{}\" message=\"{}\">{}</failure>"
                   "<system-out>{}</system-out></testcase>\n",
                   to_string(test.verdict), attribute(test.message), escaped(test.message),
                   escaped(test.command));
  } else {
    fmt::format_to(to, "><skipped message=\"{}: {}\"/></testcase>\n", outcome_name(test.verdict),
                   attribute(test.message));
  }
}

template <class Records>
void append_suite(std::string_view name, const Records& records, std::string& out) {
  const Tally count = tally(records);
  double seconds = 0;
  for (const auto& one : records) seconds += one.seconds;
  fmt::format_to(std::back_inserter(out),
                 "<testsuite name=\"{}\" tests=\"{}\" failures=\"{}\" errors=\"0\" skipped=\"{}\" "
                 "time=\"{}\">\n",
                 name, records.size(), count.failed + count.undecided,
                 count.skipped + count.mistrusted, seconds_text(seconds));
  for (const auto& one : records) append(test_case(one), out);
  out += "</testsuite>\n";
}

/// An interrupted run is an error: what is left out did not pass.
void append_interrupted(const Results& results, std::string& out) {
  for (const Provenance& run : results.runs)
    if (run.incomplete)
      fmt::format_to(
          std::back_inserter(out),
          "<testsuite name=\"run\" tests=\"1\" failures=\"0\" errors=\"1\" skipped=\"0\" "
          "time=\"0\">\n<testcase classname=\"run\" name=\"{}\" time=\"0\"><error "
          "type=\"interrupted\" message=\"interrupted before its work was done\"/>"
          "</testcase>\n</testsuite>\n",
          attribute(run.command));
}

void write_junit(const Results& results, std::string& out) {
  out += "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"xent\">\n";
  append_suite("laws", results.laws, out);
  append_suite("accuracy", results.accuracy, out);
  append_interrupted(results, out);
  out += "</testsuites>\n";
}

}  // namespace

extern const Format junit;
const Format junit = {"junit", "junit.xml", write_junit};

}  // namespace xent::reports::format
