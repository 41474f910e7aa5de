// SPDX-License-Identifier: MIT
// index.html: the document as one page that loads nothing and runs nothing.
#include <iterator>

#include <fmt/format.h>

#include "reports/document.hpp"
#include "reports/format.hpp"
#include "reports/html/blocks.hpp"
#include "reports/text.hpp"

namespace xent::reports::format {
namespace {

std::string_view word(Verdict verdict) {
  switch (verdict) {
    case Verdict::passed: return "Passed";
    case Verdict::failed: return "Failed";
    case Verdict::skipped: return "Nothing checked";
    case Verdict::mistrusted: return "Passed, with doubts";
    case Verdict::undecided: return "Undecided";
    case Verdict::nothing_checked: return "Nothing checked";
    case Verdict::interrupted: return "Interrupted";
  }
  return "";
}

void append_head(const Document& document, std::string& out) {
  fmt::format_to(std::back_inserter(out),
                 "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                 "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
                 "style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'\">\n"
                 "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                 "<meta name=\"color-scheme\" content=\"light dark\">\n"
                 "<title>xent report: {}</title>\n<style>{}</style>\n</head>\n",
                 word(document.verdict), html::style());
}

void append_header(const Document& document, std::string& out) {
  fmt::format_to(std::back_inserter(out),
                 "<body>\n<a class=\"skip\" href=\"#content\">Skip to the results</a>\n<header>\n"
                 "<h1>xent: softmax cross-entropy, verified and timed</h1>\n"
                 "<p class=\"verdict {}\"><b>{}</b>{}</p>\n<nav aria-label=\"Sections\"><ul>\n",
                 to_string(document.verdict), word(document.verdict),
                 escaped(document.verdict_line));
  for (const Section& one : document.sections)
    fmt::format_to(std::back_inserter(out), "<li><a href=\"#{}\">{}</a></li>\n", escaped(one.id),
                   escaped(one.title));
  out += "</ul></nav>\n</header>\n";
}

void append_section(const Section& section, std::string& out) {
  const std::string id = escaped(section.id);
  fmt::format_to(
      std::back_inserter(out),
      "<section id=\"{}\" aria-labelledby=\"{}-heading\">\n<h2 id=\"{}-heading\">{}</h2>\n"
      "<p>{}</p>\n",
      id, id, id, escaped(section.title), escaped(section.text));
  for (const Block& block : section.blocks)
    std::visit([&](const auto& one) { html::append(one, out); }, block);
  out += "</section>\n";
}

void write_html(const Results& results, std::string& out) {
  const Document made = document(results);
  append_head(made, out);
  append_header(made, out);
  out += "<main id=\"content\">\n";
  for (const Section& one : made.sections) append_section(one, out);
  out +=
      "</main>\n<footer><p>The same results: report.md to paste, contracts.md with every error / "
      "contract, "
      "results.csv to compute with, "
      "junit.xml for a build server.</p></footer>\n</body>\n</html>\n";
}

}  // namespace

extern const Format html;
const Format html = {"html", "index.html", write_html};

}  // namespace xent::reports::format
