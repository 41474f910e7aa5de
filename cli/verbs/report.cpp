// SPDX-License-Identifier: MIT
// xent report: the records of one or several runs as documents.

#include <filesystem>
#include <memory>
#include <string>
#include <system_error>
#include <vector>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <xent/records/results.hpp>

#include "cli/layout.hpp"
#include "cli/options/shared_options.hpp"
#include "cli/outputs.hpp"
#include "cli/verb.hpp"
#include "reports/format.hpp"
#include "reports/json/json.hpp"
#include "reports/records/runs.hpp"
#include "reports/records/verdict.hpp"
#include "system/names.hpp"
#include "system/output_file.hpp"

namespace xent::cli {
namespace {

struct Options {
  std::vector<std::string> results;
  std::string directory;
  std::string json;
};

std::string file_of(const Options& options, const reports::Format& format) {
  return fmt::format("{}/{}", options.directory, format.file_name);
}

/// Those of the formats have the names of their files for options.
Places outputs_of(const Options& options) {
  Places all = {{"--json", options.json}, text_for_people(options.json)};
  for (const auto* format : reports::formats())
    all.push_back({std::string(format->file_name), file_of(options, *format)});
  return all;
}

Places inputs_of(const Options& options) {
  Places all;
  for (const std::string& file : options.results) all.push_back({"RESULTS", file});
  return all;
}

void make_folder(const std::string& path) {
  std::error_code error;
  std::filesystem::create_directories(path, error);
  if (error) throw FileError(path, "cannot be made: " + error.message());
}

Results read_all(const std::vector<std::string>& paths) {
  std::vector<reports::SourceFile> files;
  files.reserve(paths.size());
  for (const std::string& path : paths) files.push_back({path, reports::read_json(path)});
  return reports::put_together(files);
}

int run(const Options& options) {
  // Before the work and before the folder is made, without which the files cannot be opened.
  require_apart(outputs_of(options), inputs_of(options));
  const Results results = read_all(options.results);
  make_folder(options.directory);
  Outputs out(outputs_of(options), inputs_of(options));
  for (const auto* format : reports::formats())
    out.write_text(format->file_name, reports::written(*format, results));
  const std::string line = reports::verdict_line(results);
  if (speaks(options.json)) {
    say(line + "\n");
    for (const auto* format : reports::formats())
      fmt::print("{}\n", system::name_text(file_of(options, *format)));
  }
  if (!options.json.empty()) {
    nlohmann::ordered_json files = nlohmann::ordered_json::array();
    for (const auto* format : reports::formats())
      files.push_back(system::name_text(file_of(options, *format)));
    out.write_json("--json",
                   nlohmann::ordered_json{{"schema", "xent-report/2"},
                                          {"verdict", to_string(reports::overall(results))},
                                          {"line", line},
                                          {"files", files}});
  }
  out.commit();
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
