// SPDX-License-Identifier: MIT
#include "cli/places.hpp"

#include <filesystem>
#include <optional>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <unistd.h>

#include "cli/verb.hpp"
#include "system/file_identity.hpp"
#include "system/links.hpp"
#include "system/names.hpp"
#include "system/output_file.hpp"
#include "tensors/tensor_file.hpp"

namespace xent::cli {
namespace {

/// What a place means, whatever it is called.
struct Meant {
  bool standard_output = false;
  std::optional<system::FileIdentity> file;  // nothing where it holds nothing
  std::optional<std::string> tensor;         // in a file of several, where it is known
  std::string path = {};                     // of that file
};

/// The only tensor of a file; nothing where that is not known, which who reads it will say.
std::optional<std::string> only_tensor(const tensors::TensorPlace& at) {
  try {
    return at.format->named->only_tensor(at.path);
  } catch (const FileError&) {
    return std::nullopt;
  }
}

Meant meant(const Place& place) {
  if (place.text == "-")
    return {.standard_output = true, .file = system::identity_of(STDOUT_FILENO), .tensor = {}};
  if (!place.tensor)
    return {.standard_output = false, .file = system::identity_of(place.text), .tensor = {}};
  tensors::TensorPlace at = tensors::parse_place(place.text);
  Meant found{.standard_output = false, .file = system::identity_of(at.path), .tensor = {}};
  if (at.format->named == nullptr) return found;
  if (at.name)
    found.tensor = std::move(at.name);
  else
    found.tensor = place.tensor->empty() ? only_tensor(at) : place.tensor;
  found.path = std::move(at.path);
  return found;
}

/// What an input means: its file, and that which holds the tensor where it is another.
std::vector<Meant> meant_by_input(const Place& input) {
  std::vector<Meant> all = {meant(input)};
  if (input.text == "-" || !input.tensor) return all;
  const tensors::TensorPlace at = tensors::parse_place(input.text);
  if (at.format->named == nullptr || at.format->named->file_of == nullptr) return all;
  try {
    all.push_back(all.front());
    all.back().path = at.format->named->file_of(at.path, at.name);
    all.back().file = system::identity_of(all.back().path);
  } catch (const FileError&) {  // who reads it will say so
    all.pop_back();
  }
  return all;
}

bool same_file(const Meant& one, const Meant& other) {
  return (one.standard_output && other.standard_output) || (one.file && one.file == other.file);
}

bool different_tensors(const Meant& one, const Meant& other) {
  return one.tensor && other.tensor && one.tensor != other.tensor;
}

/// The one name that all paths to a file have which differ by symbolic links, "." and ".."; a file
/// may be missing. Two hard links have two, and what is written under one is not seen under the
/// other.
std::filesystem::path final_name(const std::string& path) {
  std::error_code unknown;
  const auto behind = std::filesystem::absolute(system::behind_links(path).value_or(path), unknown);
  return std::filesystem::weakly_canonical(behind, unknown);
}

std::string text_of(const Place& place) {
  return fmt::format("{} {}", place.option, system::name_text(place.text));
}

[[noreturn]] void refuse_outputs(const Place& one, const Place& other, bool tensors) {
  throw UsageError(tensors ? fmt::format("{} and {} are the same tensor; give each its own name",
                                         text_of(one), text_of(other))
                           : fmt::format("{} and {} are the same file; give each its own",
                                         text_of(one), text_of(other)));
}

void require_apart_from(const Place& output, const Meant& where, const Places& inputs) {
  for (const Place& input : inputs) {
    if (input.text.empty()) continue;
    for (const Meant& other : meant_by_input(input))
      if (same_file(where, other) && !different_tensors(where, other))
        throw UsageError(fmt::format("{} would replace {}; name another {}", text_of(output),
                                     text_of(input), where.tensor ? "tensor" : "file"));
  }
}

}  // namespace

Place text_for_people(const std::string& json_file) {
  return {.option = "the text on standard output", .text = speaks(json_file) ? "-" : ""};
}

void require_apart(const Places& outputs, const Places& inputs) {
  std::vector<std::pair<const Place*, Meant>> seen;
  for (const Place& output : outputs) {
    if (output.text.empty()) continue;
    if (output.text == "-" && output.tensor)
      throw UsageError(
          fmt::format("{}: tensors go to files; ./- is a file of that name", text_of(output)));
    const Meant where = meant(output);
    for (const auto& [other, there] : seen) {
      if (!same_file(where, there)) continue;
      if (!different_tensors(where, there))
        refuse_outputs(*other, output, where.tensor && there.tensor);
      if (final_name(where.path) != final_name(there.path))
        throw UsageError(
            fmt::format("{} and {} are hard links of one file; name one of them in both",
                        text_of(*other), text_of(output)));
    }
    require_apart_from(output, where, inputs);
    seen.emplace_back(&output, where);
  }
}

}  // namespace xent::cli
