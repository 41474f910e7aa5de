// SPDX-License-Identifier: MIT
// JSON files of results.
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <system_error>

#include "reports/json/json.hpp"

namespace xent::reports {

Results read_json(const std::string& path) {
  std::error_code none;
  if (std::filesystem::is_directory(path, none)) throw FileError(path, "is a directory");
  std::ifstream file(path, std::ios::binary);
  if (!file) throw FileError(path, std::string("cannot be read: ") + std::strerror(errno));
  const std::string text{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  if (file.bad()) throw FileError(path, "cannot be read to its end");
  return parse_json(text, path);
}

void write_json(const Results& results, const std::string& path) {
  OutputFile file(path);
  file.write(to_json(results));
  file.commit();
}

}  // namespace xent::reports
