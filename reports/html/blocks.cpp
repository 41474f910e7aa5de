// SPDX-License-Identifier: MIT
// Blocks of the page, but for tables.
#include "reports/html/blocks.hpp"

#include <iterator>

#include <fmt/format.h>

#include "reports/number.hpp"
#include "reports/text.hpp"

namespace xent::reports::html {
namespace {

void append_term(std::string_view term, std::string_view value, std::string& out) {
  if (value.empty()) return;
  fmt::format_to(std::back_inserter(out), "<dt>{}</dt><dd>{}</dd>\n", escaped(term),
                 escaped(value));
}

}  // namespace

void append(const Witness& witness, std::string& out) {
  const auto index = [](std::int64_t k) { return k < 0 ? std::string{} : fmt::format("{}", k); };
  out += "<dl class=\"witness\">";
  if (witness.command.find(witness.case_id) == std::string::npos)
    append_term("case", witness.case_id, out);
  append_term("row", index(witness.row), out);
  append_term("column", index(witness.column), out);
  append_term("got", witness.got, out);
  append_term("exact", witness.expected, out);
  if (witness.ulp) append_term("error, ulp", three_digits_up(*witness.ulp), out);
  append_term("repeat", witness.command, out);
  out += "</dl>";
}

void append(const Finding& finding, std::string& out) {
  fmt::format_to(std::back_inserter(out),
                 "<article class=\"finding\"><h3><span class=\"tag {}\">{}</span> {}</h3>\n"
                 "<p class=\"message\">{}</p>\n",
                 to_string(finding.verdict), to_string(finding.verdict), escaped(finding.title),
                 escaped(finding.message));
  if (finding.witness != nullptr) append(*finding.witness, out);
  if (finding.witness == nullptr && !finding.command.empty())
    fmt::format_to(
        std::back_inserter(out),
        R"(<pre tabindex="0" aria-label="Command that repeats it"><code>{}</code></pre>)",
        escaped(finding.command));
  out += "</article>\n";
}

void append(const Facts& facts, std::string& out) {
  out += "<div class=\"facts\">";
  if (!facts.title.empty())
    fmt::format_to(std::back_inserter(out), "<h3>{}</h3>\n", escaped(facts.title));
  out += "<dl>\n";
  for (const auto& [name, value] : facts.items) append_term(name, value, out);
  out += "</dl></div>\n";
}

void append(const Chart& chart, std::string& out) {
  fmt::format_to(std::back_inserter(out),
                 "<figure><figcaption>{}</figcaption>\n"
                 "<div class=\"scroll\" role=\"region\" aria-label=\"{}\" tabindex=\"0\">",
                 escaped(chart.title), escaped("Chart: " + chart.title));
  append_svg(chart, out);
  out += "</div></figure>\n";
}

}  // namespace xent::reports::html
