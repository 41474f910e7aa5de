// SPDX-License-Identifier: MIT
// The .npy format: arrays of numbers, as NumPy writes them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include <xent/output_file.hpp>

namespace xent::cases {

/// An array that owns its elements, row after row (C order). Shape () is one number.
struct Tensor {
  enum class Element { f32, f64, i32, i64 };

  std::vector<std::ptrdiff_t> shape;
  std::variant<std::vector<float>, std::vector<double>, std::vector<std::int32_t>,
               std::vector<std::int64_t>>
      data;  // in the order of Element

  Element element() const { return static_cast<Element>(data.index()); }

  /// The elements. Throws std::bad_variant_access where T is not their type.
  template <class T>
  std::span<const T> as() const {
    return std::get<std::vector<T>>(data);
  }
};

/// Reads format 1.0, 2.0 or 3.0 with elements '<f4', '<f8', '<i4' or '<i8' in C order from a
/// regular file. Any fault of the file is a FileError. No more is allocated than the file is long.
Tensor read_npy(const std::string& path);

/// Writes format 1.0 to a file that the caller commits, for float and double. `data` holds as many
/// elements as `shape` says. Throws FileError.
template <class T>
void write_npy(OutputFile& file, std::span<const std::ptrdiff_t> shape, std::span<const T> data);

/// The same to a file of its own, which appears whole or not at all.
template <class T>
void write_npy(const std::string& path, std::span<const std::ptrdiff_t> shape,
               std::span<const T> data);

}  // namespace xent::cases
