// SPDX-License-Identifier: MIT
// Targets of several classes, row by row, made from the label.
#pragma once

#include <cstddef>
#include <span>

#include "cases/csr.hpp"
#include "cases/magnitude_bands.hpp"
#include "cases/random.hpp"

namespace xent::cases {

/// 1 at the label, else 0. `probs` [C].
template <class T>
void fill_one_hot(std::ptrdiff_t label, std::span<T> probs);

/// Soft weights [C] whose sum is 1 within 2 %: non-negative, spread over 20 binary exponents, a
/// share of them exactly 0, the label's positive; each rounded to T. One row in eight is one-hot.
/// At logits of -inf the weights are 0 in seven rows of eight, but for the label's.
template <class T>
void fill_soft(std::ptrdiff_t label, std::span<const T> logits, Random& random, std::span<T> probs);

/// Of that band; one in three is 0, but for the label's.
template <class T>
void fill_band(Band band, std::ptrdiff_t label, Random& random, std::span<T> probs);

/// The same of up to seven classes and the label.
template <class T>
CsrRow<T> draw_few_of_band(Band band, std::ptrdiff_t label, std::ptrdiff_t classes, Random& random);

/// 0.9 at the label, and 0.1 shared by four draws from all classes.
template <class T>
void fill_smoothed(std::ptrdiff_t label, Random& random, std::span<T> probs);

/// Up to seven draws from all classes, and the label, weighted as by fill_soft; one draw in eight,
/// and in seven rows of eight every one at a logit of -inf, has the weight 0. One row in eight is
/// empty. `logits` [C].
template <class T>
CsrRow<T> draw_few(std::ptrdiff_t label, std::span<const T> logits, Random& random);

}  // namespace xent::cases
