// SPDX-License-Identifier: MIT
// The .npy format: arrays of numbers, as NumPy writes them.
#pragma once

#include <cstddef>
#include <span>
#include <string>

#include <xent/output_file.hpp>

#include "cases/tensor.hpp"

namespace xent::cases {

/// Reads format 1.0, 2.0 or 3.0 in C or Fortran order from a regular file, with elements '<f4',
/// '<f8', '<i4', '<i8', '<f2' (f16), or '<u2', '|V2' and '<V2', which are bit patterns (u16): the
/// format has no name for bf16. Any fault of the file is a FileError. The elements are those of the
/// mapped file (see read_elements), in its order.
Tensor read_npy(const std::string& path);

/// Writes format 1.0 to a file that the caller commits, for float, double and f16. `data` holds as
/// many elements as `shape` says. Throws FileError.
template <class T>
void write_npy(OutputFile& file, std::span<const std::ptrdiff_t> shape, std::span<const T> data);

/// The same to a file of its own, which appears whole or not at all.
template <class T>
void write_npy(const std::string& path, std::span<const std::ptrdiff_t> shape,
               std::span<const T> data);

}  // namespace xent::cases
