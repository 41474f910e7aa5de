// SPDX-License-Identifier: MIT
// results_seeds FOLDER: documents of results in their present form, one empty and one with a record
// of each kind: what the fuzzer of their reader begins with.
#include <cstdio>
#include <exception>
#include <string>

#include <xent/records/results.hpp>

#include "reports/json/json.hpp"

int main(int argc, char** argv) try {
  if (argc != 2) {
    (void)std::fputs("usage: results_seeds FOLDER\n", stderr);
    return 2;
  }
  using namespace xent;
  const std::string folder = argv[1];
  reports::write_json({}, folder + "/empty.json");
  Results one;
  one.runs.emplace_back();
  reports::write_json(one, folder + "/run.json");
  one.laws.emplace_back();
  reports::write_json(one, folder + "/law.json");
  one.timings.emplace_back();
  one.roofs.emplace_back();
  reports::write_json(one, folder + "/timing.json");
  one.accuracy.emplace_back();
  reports::write_json(one, folder + "/accuracy.json");
  return 0;
} catch (const std::exception& fault) {
  (void)std::fprintf(stderr, "results_seeds: %s\n", fault.what());
  return 1;
}
