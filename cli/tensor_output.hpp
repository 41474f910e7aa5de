// SPDX-License-Identifier: MIT
// TensorOutput: a result on its way into a file.
#pragma once

#include <span>
#include <string>

#include <xent/element.hpp>
#include <xent/output_file.hpp>

namespace xent::cli {

/// "OUT.npy", "OUT.safetensors" or "OUT.safetensors:NAME"; without a name, `name`.
class TensorOutput {
 public:
  TensorOutput(std::string place, std::string name);

  /// `values` are numbers of that type. Throws FileError, for bf16 in .npy too.
  void write(std::span<const std::ptrdiff_t> shape, std::span<const double> values, DType dtype);

  /// The file appears.
  void commit() { file_.commit(); }

 private:
  std::string place_;
  std::string name_;
  OutputFile file_;
};

}  // namespace xent::cli
