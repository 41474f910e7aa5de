// SPDX-License-Identifier: MIT
#include "cli/verbs/verify/failure_text.hpp"

#include <cctype>
#include <cstdlib>
#include <string_view>

#include <fmt/format.h>

#include "cli/verbs/verify/row_logits.hpp"
#include "properties/message.hpp"

namespace xent::cli {
namespace {

std::string capitals(std::string_view text) {
  std::string made(text);
  for (char& c : made) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  return made;
}

/// What does not hold, of what, and how often.
std::string head(const Cause& cause) {
  const Failure& worst = cause.worst;
  std::string text = fmt::format("  {}: {}, ", capitals(to_string(worst.verdict)), worst.law);
  if (!worst.quantity.empty()) text += worst.quantity + ", ";
  text += worst.dtype;
  if (!worst.instruction_set.empty()) text += " on " + worst.instruction_set;
  if (cause.checks == 1) return text + ": 1 check\n";
  return text + fmt::format(": {} checks, one cause; worst:\n", cause.checks);
}

std::string place(const Witness& w) {
  std::string text = w.case_id.empty() ? "" : "case " + w.case_id + ", ";
  text += w.row < 0 ? "reduced loss" : fmt::format("row {}", w.row);
  return w.column < 0 ? text : text + fmt::format(", class {}", w.column);
}

/// A witness of accuracy has its result in hexadecimal only, that of a law in decimal too.
std::string got_text(const Failure& failure) {
  const std::string& got = failure.witness.got;
  char* end = nullptr;
  const double value = std::strtod(got.c_str(), &end);
  if (*end != '\0') return got;
  return failure.dtype == "f64" ? properties::show(value)
                                : properties::show(static_cast<float>(value));
}

std::string expected_text(const Witness& witness) {
  return properties::show_exact(witness.expected);
}

std::string line(std::string_view name, const std::string& text) {
  return text.empty() ? "" : fmt::format("    {}{}{}\n", name, name.empty() ? "" : " ", text);
}

}  // namespace

std::string to_text(const Cause& cause) {
  const Failure& worst = cause.worst;
  const Witness& witness = worst.witness;
  std::string text = head(cause);
  if (!witness.got.empty()) {
    text += line("", place(witness)) + line("got", got_text(worst)) +
            line("expected", expected_text(witness)) +
            line("", properties::error_beside_bound(witness.ulp, worst.ratio)) +
            line("logits", row_logits(witness));
  }
  return text + line("", worst.remark) + line("repeat:", worst.command);
}

}  // namespace xent::cli
