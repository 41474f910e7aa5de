// SPDX-License-Identifier: MIT
// Running the program and reading what it printed: compiled once, since the parser of JSON alone
// takes a second.
#include "tests/support/program.hpp"

#include <array>
#include <cstdio>
#include <utility>

#include <sys/wait.h>

#include "tests/support/npy_bytes.hpp"

namespace xent::tests {

Program::Program() : path_(XENT_PROGRAM) {}

std::string Program::write_labels(const std::string& name,
                                  const std::vector<std::int64_t>& labels) const {
  OutputFile out(file(name));
  out.write(npy("{'descr': '<i8', 'fortran_order': False, 'shape': (" +
                    std::to_string(labels.size()) + ",), }",
                ""));
  out.write(labels.data(), labels.size() * sizeof labels[0]);
  out.commit();
  return file(name);
}

Ran Program::in_shell(const std::string& command) {
  Ran ran;
  std::FILE* pipe = ::popen(("(" + command + ") 2>&1").c_str(), "r");
  if (pipe == nullptr) return ran;
  std::array<char, 4096> part{};
  while (const std::size_t read = std::fread(part.data(), 1, part.size(), pipe))
    ran.text.append(part.data(), read);
  const int status = ::pclose(pipe);
  ran.code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  return ran;
}

nlohmann::json Program::json(const std::string& arguments) const {
  const Ran ran = run(arguments + " --json -");
  return nlohmann::json::parse(ran.text, nullptr, false);
}

}  // namespace xent::tests
