// SPDX-License-Identifier: MIT
// What the options of a recipe draw or make: weights, the ignored label, the rows that are ignored,
// what is given in the place of logits.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include <xent/element.hpp>
#include <xent/problem.hpp>

#include "cases/magnitude_bands.hpp"
#include "cases/random.hpp"

namespace xent::cases {

/// A drawn weight is 0 or has a magnitude between 2^-e and 2^e, with e = 40, or less where those
/// are not normal numbers. Of a heavy family it is 0 or between 1 and 2^e, with e = 64, or 15 in
/// f16.
constexpr int weight_exponent(DType dtype, bool heavy) {
  const Format format = format_of(dtype);
  return heavy ? std::min(64, format.max_exponent) : std::min(40, -format.min_exponent);
}

/// w [C]: of eight classes five between 1/2 and 3/2, one of 1, one of 0, one anywhere between 2^-e
/// and 2^e; of a heavy family one of 1, one of 0 and six anywhere between 1 and 2^e. One vector in
/// eight has negative weights, about one in four of its own.
template <class T>
std::vector<T> draw_weight(std::ptrdiff_t classes, bool heavy, Random& random);

/// w [C] of that band.
template <class T>
std::vector<T> draw_weight_of_band(Band band, std::ptrdiff_t classes, Random& random);

/// The label that is ignored: in half of the cases -100, else C, which is no class either, or one
/// of the classes.
std::int64_t draw_ignored_label(std::ptrdiff_t classes, Random& random);

/// Gives one row in three the ignored label, and one in two of those that are ignored, by that or
/// by their own label, a NaN or +inf logit.
template <class T>
void ignore_some(std::int64_t ignored, Random& random, std::int64_t& label, std::span<T> logits);

/// Replaces each logit x by -|x|, a log-probability, or by 1 / (1 + |x|), a probability, which are
/// the same bits everywhere; for one seed of eight it leaves x, of which some are no probabilities,
/// and for one of eight |x|.
template <class T>
void make_given(Input input, std::uint64_t seed, std::span<T> logits);

}  // namespace xent::cases
