// SPDX-License-Identifier: MIT
// xent pick: the fastest implementation that promises enough, by measuring them all on the shape.

#include <memory>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <xent/validate.hpp>

#include "bench/choice.hpp"
#include "cli/options.hpp"
#include "cli/output.hpp"
#include "cli/progress.hpp"
#include "cli/select.hpp"
#include "cli/table.hpp"
#include "cli/verb.hpp"

namespace xent::cli {
namespace {

struct Options {
  bench::Wish wish;
  std::string dtype = "f32";
  std::string targets = "labels";
  std::string tier = "none";
  double max_ulp = 0;
  std::string json;
};

const bench::Candidate* choice(const std::vector<bench::Candidate>& candidates) {
  for (const auto& candidate : candidates)
    if (candidate.qualifies) return &candidate;
  return nullptr;
}

void print(const bench::Wish& wish, const std::vector<bench::Candidate>& candidates) {
  const auto logits = static_cast<double>(wish.batch) * static_cast<double>(wish.classes);
  std::vector<TableRow> rows = {
      {"implementation", "tier", "ns/logit", "x roof", "loss ulp", "qualifies", "why"}};
  for (const auto& c : candidates) {
    const bool timed = c.ns > 0;
    rows.push_back({c.implementation, std::string(to_string(c.tier)),
                    timed ? fmt::format("{:.3f}", c.ns / logits) : "-",
                    timed ? fmt::format("{:.2f}", c.roof_multiple) : "-",
                    timed ? fmt::format("{:.3g}", c.loss_ulp) : "-", c.qualifies ? "yes" : "no",
                    c.reason});
  }
  fmt::print("{}\n", table(rows));
  const auto* best = choice(candidates);
  if (best == nullptr)
    fmt::print("no implementation qualifies\n");
  else
    fmt::print("pick: {}\n", best->implementation);
}

nlohmann::ordered_json describe(const bench::Wish& wish,
                                const std::vector<bench::Candidate>& candidates) {
  nlohmann::ordered_json all = nlohmann::ordered_json::array();
  for (const auto& c : candidates)
    all.push_back({{"implementation", c.implementation},
                   {"tier", to_string(c.tier)},
                   {"ns", c.ns},
                   {"roof_multiple", c.roof_multiple},
                   {"loss_ulp", c.loss_ulp},
                   {"qualifies", c.qualifies},
                   {"reason", c.reason}});
  const auto* best = choice(candidates);
  return {{"schema", "xent-pick/1"},
          {"batch", wish.batch},
          {"classes", wish.classes},
          {"dtype", to_string(wish.dtype)},
          {"gradient", wish.gradient},
          {"threads", wish.threads},
          {"pick", best == nullptr ? nlohmann::ordered_json()
                                   : nlohmann::ordered_json(best->implementation)},
          {"candidates", all}};
}

int run(const Options& options) {
  validate_environment();
  bench::Wish wish = options.wish;
  wish.dtype = the_dtype(options.dtype);
  wish.form = the_target_kind(options.targets);
  wish.tier = the_tier(options.tier);
  if (options.max_ulp > 0) wish.max_ulp = options.max_ulp;
  Progress progress;
  const auto candidates =
      bench::pick(wish, implementations(), [&](std::size_t done, std::size_t all, auto step) {
        progress.show("shape", done, all, step);
      });
  progress.clear();
  if (speaks(options.json)) print(wish, candidates);
  if (!options.json.empty()) write_json(options.json, describe(wish, candidates));
  return choice(candidates) == nullptr ? exit_check_failed : exit_done;
}

Action define(CLI::App& app) {
  const auto o = std::make_shared<Options>();
  const auto size = integer_from<std::ptrdiff_t>(1, most_rows_or_classes);
  app.add_option("--batch", o->wish.batch, "Rows N")->required()->check(size);
  app.add_option("--classes", o->wish.classes, "Classes C")->required()->check(size);
  app.add_option("--dtype", o->dtype, "f32, f64, bf16 or f16")->capture_default_str();
  app.add_option("--targets", o->targets, "labels, probs, csr or one_hot")->capture_default_str();
  app.add_flag("--grad", o->wish.gradient, "Loss and gradient; without it, the loss alone");
  add_timed_threads(app, o->wish.threads);
  app.add_option("--tier", o->tier, "The least promise: none, stable, accurate, faithful")
      ->capture_default_str();
  app.add_option("--max-ulp", o->max_ulp, "The largest error of the losses checked, in ulp")
      ->check(number_above_zero());
  app.add_option("--seconds", o->wish.seconds, "Of timing, about")
      ->capture_default_str()
      ->check(number_above_zero());
  add_seed(app, o->wish.seed, "Of the logits");
  add_json(app, o->json, "The candidates");
  return [o](const std::string& /*command*/) { return run(*o); };
}

}  // namespace

extern const Verb verb_pick{
    .name = "pick",
    .summary = "Picks the fastest implementation that promises enough for a shape",
    .example = "xent pick --batch 128 --classes 50257 --dtype f32 --grad --tier accurate",
    .define = define,
};

}  // namespace xent::cli
