// SPDX-License-Identifier: MIT
// The logits of a recipe and the labels behind its targets, drawn or read, row by row.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "cases/family.hpp"

namespace xent::cases {

/// Row i of a matrix of `classes` columns.
template <class T>
std::span<T> row_of(std::span<T> matrix, std::ptrdiff_t i, std::ptrdiff_t classes) {
  return matrix.subspan(static_cast<std::size_t>(i * classes), static_cast<std::size_t>(classes));
}

/// Fills the logits [N, C] and returns the labels [N]. They are rounded to T, drawn ones within
/// the family's magnitude. Throws FileError where a data set cannot be read.
template <class T>
std::vector<std::int64_t> fill_logits(const Recipe& recipe, const FamilySource& source,
                                      std::span<T> logits);

}  // namespace xent::cases
