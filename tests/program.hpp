// SPDX-License-Identifier: MIT
// Program: the program `xent` run on files of a folder that is removed afterwards.
#pragma once

#include <array>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>
#include <sys/wait.h>
#include <unistd.h>

#include "cases/tensor_file.hpp"
#include "tests/npy_bytes.hpp"

namespace xent::tests {

/// What a run printed, standard error included, and its exit code.
struct Ran {
  int code = -1;
  std::string text;
};

class Program {
 public:
  explicit Program(std::string path)
      : path_(std::move(path)),
        folder_(std::filesystem::temp_directory_path() /
                ("xent_program_" + std::to_string(::getpid()))) {
    std::filesystem::create_directories(folder_);
  }
  Program(const Program&) = delete;
  Program& operator=(const Program&) = delete;
  ~Program() { std::filesystem::remove_all(folder_); }

  const std::string& path() const { return path_; }
  std::string file(const std::string& name) const { return (folder_ / name).string(); }

  template <class T>
  std::string write(const std::string& name, std::vector<std::ptrdiff_t> shape,
                    const std::vector<T>& values) const {
    OutputFile out(cases::path_of(file(name)));
    cases::write_tensor<T>(out, file(name), "x", shape, std::span<const T>(values));
    out.commit();
    return file(name);
  }

  /// Of rows: [N].
  std::string write_labels(const std::string& name, const std::vector<std::int64_t>& labels) const {
    OutputFile out(file(name));
    out.write(npy("{'descr': '<i8', 'fortran_order': False, 'shape': (" +
                      std::to_string(labels.size()) + ",), }",
                  ""));
    out.write(labels.data(), labels.size() * sizeof labels[0]);
    out.commit();
    return file(name);
  }

  Ran run(const std::string& arguments) const { return in_shell(path_ + " " + arguments); }

  /// Runs a command of the shell.
  static Ran in_shell(const std::string& command) {
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

  /// What `--json -` prints; null where that is no JSON.
  nlohmann::json json(const std::string& arguments) const {
    const Ran ran = run(arguments + " --json -");
    return nlohmann::json::parse(ran.text, nullptr, false);
  }

 private:
  std::string path_;
  std::filesystem::path folder_;
};

}  // namespace xent::tests
