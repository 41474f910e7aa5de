// SPDX-License-Identifier: MIT
// The choice of pick as text and as JSON.

#include "cli/verbs/pick/choice_report.hpp"

#include <string>
#include <vector>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "cli/layout.hpp"
#include "cli/table.hpp"
#include "cli/timings.hpp"
#include "machine/cores.hpp"

namespace xent::cli {
namespace {

TableRow row(const bench::Wish& wish, const bench::Candidate& candidate) {
  TableRow cells = {candidate.implementation, std::string(to_string(candidate.tier))};
  if (candidate.timed) {
    const TimingRecord& timed = *candidate.timed;
    const auto logits = static_cast<double>(wish.batch) * static_cast<double>(wish.classes);
    cells.push_back(
        fmt::format("{:.3f}{}", timed.ns_median / logits, timed.unreliable.empty() ? "" : "?"));
    cells.push_back(percent_text(timed.spread));
    cells.push_back(timed.roof_multiple ? fmt::format("{:.2f}", *timed.roof_multiple) : "-");
    cells.push_back(fmt::format("{:.3g}", timed.checked_ulp));
  } else {
    cells.insert(cells.end(), 4, "-");
  }
  cells.push_back(candidate.qualifies ? "yes" : "no");
  cells.push_back(candidate.reason);
  return cells;
}

/// "simd", or "faithful or simd, a tie: faithful takes 0.995 to 1.02 times as long as simd".
std::string picked_text(const bench::Choice& choice) {
  std::string text = fmt::format("{}", fmt::join(choice.picked, " or "));
  if (choice.picked.size() < 2) return text;
  text += ", a tie:";
  for (std::size_t k = 0; k < choice.picked.size(); ++k)
    if (choice.picked[k] != choice.least)
      text += fmt::format(" {} takes {:.3g} to {:.3g} times as long as {};", choice.picked[k],
                          choice.ratios[k].low, choice.ratios[k].high, choice.least);
  text.pop_back();
  return text;
}

nlohmann::ordered_json describe(const bench::Candidate& candidate) {
  nlohmann::ordered_json json = {{"implementation", candidate.implementation},
                                 {"tier", to_string(candidate.tier)},
                                 {"qualifies", candidate.qualifies},
                                 {"reason", candidate.reason}};
  if (!candidate.timed) return json;
  const TimingRecord& timed = *candidate.timed;
  if (!timed.plugin.empty()) json["plugin"] = timed.plugin;
  json.update({{"ns_min", timed.ns_min},
               {"ns_median", timed.ns_median},
               {"spread", timed.spread},
               {"samples_ns", timed.samples_ns},
               {"preempted", timed.preempted},
               {"unreliable", timed.unreliable},
               {"loss_ulp", timed.checked_ulp}});
  if (timed.roof_multiple) json["roof_multiple"] = *timed.roof_multiple;
  return json;
}

}  // namespace

void print_choice(const bench::Wish& wish, const bench::Choice& choice) {
  std::vector<TableRow> rows = {
      {"implementation", "tier", "ns/logit", "spread", "x roof", "loss ulp", "qualifies", "why"}};
  for (const auto& candidate : choice.candidates) rows.push_back(row(wish, candidate));
  fmt::print("{}\n", table(rows));
  say("ns/logit: the median of the samples; ?: unreliable, --json says why\n"
      "spread: the distance of the samples' quartiles, over the median\n");
  if (!choice.doubt.empty())
    say(fmt::format("no pick: the fastest cannot be told reliably ({})\n", choice.doubt));
  else if (choice.picked.empty())
    say("no implementation qualifies\n");
  else
    say(fmt::format("pick: {}\n", picked_text(choice)));
}

nlohmann::ordered_json choice_json(const bench::Wish& wish, const bench::Choice& choice) {
  nlohmann::ordered_json all = nlohmann::ordered_json::array(), none;
  for (const auto& candidate : choice.candidates) all.push_back(describe(candidate));
  return {{"schema", "xent-pick/2"},
          {"batch", wish.batch},
          {"classes", wish.classes},
          {"dtype", to_string(wish.dtype)},
          {"gradient", wish.gradient},
          {"threads", wish.threads},
          {"cores", machine::cores().usable()},
          {"pick", choice.picked.empty() ? none : nlohmann::ordered_json(choice.picked.front())},
          {"tied", choice.picked},
          {"unreliable", choice.doubt},
          {"candidates", all}};
}

}  // namespace xent::cli
