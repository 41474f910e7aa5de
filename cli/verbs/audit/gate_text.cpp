// SPDX-License-Identifier: MIT
// What the gate of an audit refuses, in words.

#include "cli/verbs/audit/gate_text.hpp"

#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <xent/records/error_text.hpp>

#include "cli/verbs/audit/audit_words.hpp"
#include "cli/verbs/audit/distance_text.hpp"

namespace xent::cli {

std::string gate_lines(const Audit& audit) {
  std::string text;
  for (const Refused& one : refused(audit)) {
    const ErrorStats& e = one.quantity->errors;
    const bool category = e.categories.total() != 0;
    const Witness& witness = category ? e.category_witness : e.max_witness;
    const double limit = audit.gate.max_ulp.value_or(right_ulp);
    const std::string off =
        category ? distance_text(witness)
                 : fmt::format("is {} ulp off", error_text_beside(e.max_ulp.value_or(0), limit));
    text += fmt::format("FAILED ({}): the {} {} at {} ({}).\n", one.demand, title_of(*one.quantity),
                        off, place_of(*one.quantity, witness), got_and_exact(witness));
  }
  if (!text.empty()) return text;
  std::vector<std::string> demands;
  if (audit.gate.max_ulp) demands.push_back(fmt::format("--max-ulp {}", *audit.gate.max_ulp));
  if (audit.gate.tier) demands.push_back(fmt::format("--tier {}", to_string(*audit.gate.tier)));
  return demands.empty() ? "" : fmt::format("passed ({})\n", fmt::join(demands, ", "));
}

}  // namespace xent::cli
