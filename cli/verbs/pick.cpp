// SPDX-License-Identifier: MIT
// xent pick: the fastest implementation that promises enough, by measuring them all on the shape.

#include <memory>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <xent/validate.hpp>

#include "bench/choice.hpp"
#include "cli/options/form_options.hpp"
#include "cli/options/select.hpp"
#include "cli/options/shared_options.hpp"
#include "cli/outputs.hpp"
#include "cli/progress.hpp"
#include "cli/timings.hpp"
#include "cli/verb.hpp"
#include "cli/verbs/pick/choice_report.hpp"
#include "machine/cores.hpp"
#include "system/standard_streams.hpp"

namespace xent::cli {
namespace {

struct Options {
  bench::Wish wish;
  std::string dtype = "f32";
  FormOptions form;
  std::string tier = "none";
  double max_ulp = 0;
  std::vector<std::string> plugins;
  std::string json;
};

int run(const Options& options) {
  validate_environment();
  open_plugins(options.plugins);
  bench::Wish wish = options.wish;
  wish.dtype = the_dtype(options.dtype);
  wish.form = form_of(options.form);
  wish.tier = the_tier(options.tier);
  if (options.max_ulp > 0) wish.max_ulp = options.max_ulp;
  Outputs out({{"--json", options.json}, text_for_people(options.json)});
  Progress progress;
  const bench::Choice choice =
      bench::pick(wish, implementations(), [&](std::size_t done, std::size_t all, auto step) {
        progress.show("shape", done, all, step);
      });
  progress.clear();
  if (speaks(options.json)) print_choice(wish, choice);
  if (const auto crowd = crowd_text(wish.threads, machine::cores().usable()); !crowd.empty())
    system::tell(fmt::format("xent pick: {}\n", crowd));
  out.write_json("--json", choice_json(wish, choice));
  out.commit();
  return choice.picked.empty() ? exit_check_failed : exit_done;
}

Action define(CLI::App& app) {
  const auto o = std::make_shared<Options>();
  const auto size = integer_from<std::ptrdiff_t>(1, most_rows_or_classes);
  app.add_option("--batch", o->wish.batch, "Rows N")->required()->check(size);
  app.add_option("--classes", o->wish.classes, "Classes C")->required()->check(size);
  app.add_option("--dtype", o->dtype, dtype_names())->capture_default_str();
  add_form(app, o->form);
  app.add_flag("--grad", o->wish.gradient, "Loss and gradient; without it, the loss alone");
  add_timed_threads(app, o->wish.threads);
  app.add_option("--tier", o->tier, "The least promise: none, stable, accurate, faithful")
      ->capture_default_str();
  app.add_option("--max-ulp", o->max_ulp,
                 "The largest error of the losses checked, in ulp of the exact value")
      ->check(number_above_zero());
  app.add_option("--seconds", o->wish.seconds, "Of timing, about")
      ->capture_default_str()
      ->check(number_above_zero());
  add_plugins(app, o->plugins);
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
