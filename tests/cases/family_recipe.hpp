// SPDX-License-Identifier: MIT
// A recipe of a family: its typical scale, and the rows and classes that it has.
#pragma once

#include <algorithm>

#include "cases/case.hpp"

namespace xent::tests {

/// As many rows and classes as asked for, where the family has them.
inline cases::Recipe recipe_of(const cases::Family& family, DType dtype, std::ptrdiff_t rows,
                               std::ptrdiff_t classes) {
  cases::Recipe r;
  r.dtype = dtype;
  r.family = family.name;
  r.scale = family.typical_scale;
  r.rows = family.data_set ? std::min(rows, family.rows) : rows;
  r.classes = family.classes != 0 ? family.classes : classes;
  r.seed = 7;
  return r;
}

}  // namespace xent::tests
