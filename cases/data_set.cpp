// SPDX-License-Identifier: MIT
#include "cases/data_set.hpp"

#include <cstdlib>
#include <filesystem>
#include <span>
#include <system_error>
#include <type_traits>
#include <variant>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "tensors/element_order.hpp"
#include "tensors/npy/npy.hpp"

namespace xent::cases {
namespace {

/// The folder with the data that belong to this program; where the system does not say which program
/// that is, one that is not there.
std::filesystem::path own_folder() {
  std::error_code unknown;
  const auto program = std::filesystem::read_symlink("/proc/self/exe", unknown);
  return (program.parent_path() / XENT_DATA_FROM_PROGRAM).lexically_normal();
}

std::string path_of(const Family& family, std::string_view what) {
  const char* named = std::getenv("XENT_DATA");
  const std::filesystem::path folder = named == nullptr ? own_folder() : named;
  return folder / fmt::format("{}_{}.npy", family.name, what);
}

template <class T>
std::vector<T> read(const std::string& path, const std::vector<std::ptrdiff_t>& shape) {
  const tensors::Tensor tensor = tensors::c_order(tensors::read_npy(path));
  const auto* const elements = std::get_if<std::span<const T>>(&tensor.data);
  if (elements == nullptr || tensor.shape != shape)
    throw FileError(path,
                    fmt::format("is not an array of {} and shape ({})",
                                std::is_same_v<T, float> ? "f32" : "i64", fmt::join(shape, ", ")));
  return {elements->begin(), elements->end()};
}

}  // namespace

DataSet read_data_set(const Family& family) {
  const std::string labels_path = path_of(family, "labels");
  DataSet data = {.logits = read<float>(path_of(family, "logits"), {family.rows, family.classes}),
                  .labels = read<std::int64_t>(labels_path, {family.rows})};
  for (const std::int64_t y : data.labels)
    if (y < 0 || y >= family.classes)
      throw FileError(labels_path, fmt::format("label {} is not in [0, {})", y, family.classes));
  return data;
}

}  // namespace xent::cases
