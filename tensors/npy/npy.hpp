// SPDX-License-Identifier: MIT
// The .npy format: arrays of numbers, as NumPy writes them.
#pragma once

#include <cstddef>
#include <span>
#include <string>

#include "system/output_file.hpp"
#include "tensors/tensor.hpp"

namespace xent::tensors {

/// Reads format 1.0, 2.0 or 3.0 in C or Fortran order from a regular file: the element types of
/// find_npy_element, at most most_npy_axes. Any fault of the file is a FileError; what NumPy 1.24
/// does not read is one. The elements are those of the mapped file (see read_elements), in its
/// order.
Tensor read_npy(const std::string& path);

/// The same of a file that is open.
Tensor read_npy(InputFile& file);

/// As many as NumPy had before 2.0.
inline constexpr std::size_t most_npy_axes = 32;

/// Writes format 1.0 to a file that the caller commits, for float, double, f16, and bf16 as '|V2',
/// bit patterns: the format has no name for it, and ml_dtypes (JAX) writes it so. `data` holds as
/// many elements as `shape` says, which has at most most_npy_axes. Throws FileError.
template <class T>
void write_npy(OutputFile& file, std::span<const std::ptrdiff_t> shape, std::span<const T> data);

/// The same to a file of its own, which appears whole or not at all.
template <class T>
void write_npy(const std::string& path, std::span<const std::ptrdiff_t> shape,
               std::span<const T> data);

}  // namespace xent::tensors
