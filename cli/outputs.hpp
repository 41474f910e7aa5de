// SPDX-License-Identifier: MIT
// Outputs: all that a verb writes. They are opened before its work, and appear together or not at
// all.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include <xent/records/results.hpp>

#include "cli/places.hpp"
#include "system/output_file.hpp"
#include "tensors/format.hpp"

namespace xent::cli {

class Outputs {
 public:
  /// Each place has an option of its own. Throws UsageError where places are not apart (see
  /// require_apart), FileError where one cannot be written. A .safetensors file that is there must
  /// be without a fault: its other tensors stay.
  explicit Outputs(Places outputs, const Places& inputs = {});

  /// What goes to the place of the option; nothing happens where none was given.
  void write_text(std::string_view option, std::string_view text);
  /// The document, indented.
  void write_json(std::string_view option, const nlohmann::ordered_json& document);
  /// Records, as reports/results.schema.json describes them.
  void write_json(std::string_view option, const Results& results);
  /// As many elements as the shape says, which stay where they are until commit().
  template <class T>
  void write_tensor(std::string_view option, const std::vector<std::ptrdiff_t>& shape,
                    std::span<const T> elements);

  /// All files appear, or none: they do once all is on the disk and standard output has taken what
  /// is for it. None does where an input has changed since it was read. Throws FileError, and of
  /// standard output std::system_error.
  void commit();

 private:
  /// The tensors of a file.
  struct Content {
    const tensors::Format* format;  // null where it is no file of tensors
    std::string container;          // its path where it holds several by name, else ""
    std::vector<tensors::NewTensor> tensors = {};
  };

  std::size_t file_at(const Place& place);
  bool wants(std::string_view option) const;

  Places places_;
  std::vector<std::size_t> file_of_place_;
  std::vector<OutputFile> files_;
  std::vector<Content> contents_;  // of each file
  std::string standard_output_;
};

}  // namespace xent::cli
