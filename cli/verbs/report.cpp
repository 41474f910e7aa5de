// SPDX-License-Identifier: MIT
// xent report: the records of one or several runs as documents.

#include <memory>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <xent/record.hpp>

#include "cli/layout.hpp"
#include "cli/options.hpp"
#include "cli/output.hpp"
#include "cli/verb.hpp"
#include "reports/format.hpp"
#include "reports/json.hpp"
#include "reports/runs.hpp"
#include "reports/verdict.hpp"

namespace xent::cli {
namespace {

struct Options {
  std::vector<std::string> results;
  std::string directory;
  std::string json;
};

Results read_all(const std::vector<std::string>& paths) {
  std::vector<reports::SourceFile> files;
  for (const std::string& path : paths) files.push_back({path, reports::read_json(path)});
  return reports::put_together(files);
}

int run(const Options& options) {
  const Results results = read_all(options.results);
  reports::write_report(results, options.directory);
  const std::string line = reports::verdict_line(results);
  if (speaks(options.json)) {
    say(line + "\n");
    for (const auto* format : reports::formats())
      fmt::print("{}/{}\n", options.directory, format->file_name);
  }
  if (!options.json.empty()) {
    nlohmann::ordered_json files = nlohmann::ordered_json::array();
    for (const auto* format : reports::formats())
      files.push_back(fmt::format("{}/{}", options.directory, format->file_name));
    write_json(options.json, {{"schema", "xent-report/2"},
                              {"verdict", to_string(reports::overall(results))},
                              {"line", line},
                              {"files", files}});
  }
  return reports::exit_code(reports::overall(results));
}

Action define(CLI::App& app) {
  const auto o = std::make_shared<Options>();
  app.add_option("results", o->results, "Records of verify and bench, as --json writes them")
      ->required()
      ->type_name("RESULTS");
  app.add_option("--out", o->directory, "The folder for the documents; made where it is missing")
      ->required()
      ->type_name("DIR");
  add_json(app, o->json, "What was written");
  return [o](const std::string& /*command*/) { return run(*o); };
}

}  // namespace

extern const Verb verb_report{
    .name = "report",
    .summary = "Writes index.html, report.md, contracts.md, results.csv and junit.xml from records",
    .example = "xent report verify.json bench.json --out report",
    .define = define,
};

}  // namespace xent::cli
