// SPDX-License-Identifier: MIT
// Bands: the sizes and signs that the weights or the probabilities of a case are drawn from.
// cases/magnitude_bands.def lists them.
#pragma once

#include <array>
#include <string_view>

#include <xent/element.hpp>

#include "cases/random.hpp"

namespace xent::cases {

enum class Band {
#define XENT_BAND(name, holds) name,
#include "cases/magnitude_bands.def"
#undef XENT_BAND
};

inline constexpr Band all_bands[] = {
#define XENT_BAND(name, holds) Band::name,
#include "cases/magnitude_bands.def"
#undef XENT_BAND
};

constexpr std::string_view to_string(Band band) {
  constexpr std::string_view names[] = {
#define XENT_BAND(name, holds) #name,
#include "cases/magnitude_bands.def"
#undef XENT_BAND
  };
  return names[static_cast<std::size_t>(band)];
}

/// Magnitudes, both attained at most.
struct Magnitudes {
  double least = 0, largest = 0;
};

/// Of the finite numbers but 0 that draw_of_band gives.
Magnitudes magnitudes_of(Band band, const Format& format);

/// A number of that band and format, as a double. `before`: the one drawn before, of the same band;
/// 0 at first. Not for `ordinary`.
double draw_of_band(Band band, const Format& format, double before, Random& random);

}  // namespace xent::cases
