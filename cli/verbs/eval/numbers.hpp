// SPDX-License-Identifier: MIT
// Numbers: an array of any element type, once.
#pragma once

#include <cstddef>
#include <variant>
#include <vector>

#include <xent/any_problem.hpp>

namespace xent::cli {

/// Numbers of one element type.
using Numbers = OfEachElement<std::variant, std::vector>;

/// As many zeros of that type.
Numbers zeros(DType dtype, std::ptrdiff_t count);

/// Element `index` becomes the number of its type nearest to `value`, ties to even; past the
/// largest, inf.
void put(Numbers& numbers, std::ptrdiff_t index, double value);

/// The values as numbers of that type, each rounded once as put() does. Those that are of it stay
/// where they are.
template <class T>
Numbers rounded(std::vector<T> values, DType dtype);

/// Makes the elements their negatives, and 0 of either sign +0.
void negate(Numbers& numbers);

/// The elements, read as double.
AnyVector elements_of(const Numbers& numbers);

}  // namespace xent::cli
