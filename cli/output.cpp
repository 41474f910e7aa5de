// SPDX-License-Identifier: MIT
// Output to a file or to standard output.

#include "cli/output.hpp"

#include <cstdio>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <xent/output_file.hpp>

#include "reports/json.hpp"

namespace xent::cli {

void write_text(const std::string& file, std::string_view text) {
  if (file == "-") {
    fmt::print("{}", text);
    return;
  }
  OutputFile out(file);
  out.write(text);
  out.commit();
}

void write_json(const std::string& file, const nlohmann::ordered_json& document) {
  write_text(file, document.dump(2) + "\n");
}

void write_json(const std::string& file, const Results& results) {
  write_text(file, reports::to_json(results));
}

}  // namespace xent::cli
