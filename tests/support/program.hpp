// SPDX-License-Identifier: MIT
// Program: the program `xent` run on files of a folder that is removed afterwards.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "tensors/tensor_file.hpp"
#include "tests/support/folder.hpp"

namespace xent::tests {

/// What a run printed, standard error included, and its exit code.
struct Ran {
  int code = -1;
  std::string text;
};

class Program {
 public:
  Program();
  Program(const Program&) = delete;
  Program& operator=(const Program&) = delete;

  const std::string& path() const { return path_; }
  std::string file(const std::string& name) const { return folder_.path + "/" + name; }

  template <class T>
  std::string write(const std::string& name, std::vector<std::ptrdiff_t> shape,
                    const std::vector<T>& values) const {
    OutputFile out(tensors::path_of(file(name)));
    tensors::write_tensor<T>(out, file(name), "x", shape, std::span<const T>(values));
    out.commit();
    return file(name);
  }

  /// Of rows: [N].
  std::string write_labels(const std::string& name, const std::vector<std::int64_t>& labels) const;

  Ran run(const std::string& arguments) const { return in_shell(path_ + " " + arguments); }

  /// Runs a command of the shell.
  static Ran in_shell(const std::string& command);

  /// What `--json -` prints; null where that is no JSON.
  nlohmann::json json(const std::string& arguments) const;

 private:
  std::string path_;
  Folder folder_;
};

}  // namespace xent::tests
