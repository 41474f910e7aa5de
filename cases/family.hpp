// SPDX-License-Identifier: MIT
// What cases/families/<name>.cpp defines: the family, and how it fills a row.
#pragma once

#include <cstddef>
#include <span>
#include <string_view>

#include "cases/case.hpp"
#include "cases/random.hpp"

namespace xent::cases {

/// A family and its generator.
struct FamilySource {
  Family family;
  /// Fills the logits [C] of one row and returns its label; they are rounded to the element type
  /// afterwards. Null for a data set, which is read from the files of its name.
  std::ptrdiff_t (*fill)(double scale, Random& random, std::span<double> logits) = nullptr;
  /// In place of `fill` where the draw depends on the element type.
  std::ptrdiff_t (*fill_of_type)(double scale, DType dtype, Random& random,
                                 std::span<double> logits) = nullptr;
};

/// The source of that name, or nullptr.
const FamilySource* find_source(std::string_view name);

/// The family of that name, in any case of its letters. Throws InvalidRecipe.
const Family& require_family(std::string_view name);

/// Fills `logits` with scale * N(0, 1), within 6 * scale of zero.
void draw_normals(double scale, Random& random, std::span<double> logits);

/// A class for a row of finite logits: 1/4 the argmax, 1/8 the argmin, else any.
std::ptrdiff_t draw_label(Random& random, std::span<const double> logits);

/// Any of the `classes` >= 2 but `one`.
std::ptrdiff_t draw_other(Random& random, std::ptrdiff_t one, std::ptrdiff_t classes);

#define XENT_FAMILY(name) extern const FamilySource name##_family;
#include "cases/families.def"
#undef XENT_FAMILY

}  // namespace xent::cases
