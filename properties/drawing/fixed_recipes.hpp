// SPDX-License-Identifier: MIT
// Fixed recipes: the cases on which accuracy is measured, the same in every run.
#pragma once

#include <cstddef>
#include <vector>

#include <xent/contract.hpp>
#include <xent/element.hpp>

#include "cases/case.hpp"
#include "properties/budget.hpp"

namespace xent::properties {

/// The numbers of classes at which a generated family is judged: two, a few, the size of ImageNet's
/// labels, the vocabulary of GPT-2.
inline constexpr std::ptrdiff_t judged_classes[] = {2, 10, 1000, 50257};

/// Of a data set the whole of it, as labels and one_hot. Of a generated family, at each of
/// `judged_classes` or at the one C that it has, as many rows as the budget has logits for, and the
/// fewest at least, as labels and probs (of a hard one fewer rows, and no more classes against
/// labels than against probs); and 32 rows of 33 classes as labels and csr with what is offered of
/// weights, ignored rows and smoothing. Scales are those that the domain holds, or the typical one
/// where it holds none.
std::vector<cases::Recipe> fixed_recipes(const cases::Family& family, DType dtype,
                                         const Domain& domain, const Offers& offers,
                                         const Budget& budget);

}  // namespace xent::properties
