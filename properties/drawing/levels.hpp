// SPDX-License-Identifier: MIT
// Levels: the axes of a problem, each cut into named levels, ordinary ones and extremes.
// properties/drawing/levels.def lists them.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "cases/case.hpp"
#include "cases/random.hpp"

namespace xent::properties {

enum class Axis {
  dtype,
  logits,
  weight,
  targets,
  smoothing,
  z_loss,
  temperature,
  softcap,
  classes,
  reduction
};

inline constexpr Axis all_axes[] = {
    Axis::dtype,  Axis::logits,      Axis::weight,  Axis::targets, Axis::smoothing,
    Axis::z_loss, Axis::temperature, Axis::softcap, Axis::classes, Axis::reduction};
inline constexpr std::size_t axes = std::size(all_axes);

std::string_view to_string(Axis axis);

/// One level of an axis.
struct Level {
  std::string name;
  /// Sets the recipe's part to one of the level; the element type must have been set before.
  void (*set)(cases::Recipe&, const Level&, cases::Random&) = nullptr;
  /// Whether the recipe's part is of the level.
  bool (*holds)(const cases::Recipe&, const Level&) = nullptr;
  // What they need, by axis: the number, the family, the ends of a range, names.
  double cases::Recipe::*number = nullptr;
  std::string_view family = {};
  double (*scale)(const Format&) = nullptr;
  double least = 0, most = 0;
  std::size_t choice = 0;
  cases::Band band = cases::Band::ordinary;
};

std::span<const Level> levels(Axis axis);

/// Which levels of each axis may be drawn.
using Drawn = std::array<std::vector<bool>, axes>;

/// An index into levels() for each axis.
using Choice = std::array<std::size_t, axes>;

/// A recipe of those levels, drawn by the seed: up to three rows, as many classes as the level has,
/// an ignored label in one of four with labels where `ignoring`.
cases::Recipe recipe_of(const Choice& choice, std::uint64_t seed, bool ignoring);

/// The levels that a recipe is of; nothing where it is of none.
std::array<std::optional<std::size_t>, axes> levels_of(const cases::Recipe& recipe);

}  // namespace xent::properties
