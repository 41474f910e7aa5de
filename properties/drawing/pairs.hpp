// SPDX-License-Identifier: MIT
// Pairs: how often each pair of levels of two axes was drawn.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "properties/drawing/levels.hpp"

namespace xent::properties {

/// Two levels of different axes, the axis of the first before that of the second.
struct Pair {
  std::size_t axis = 0, level = 0;
  std::size_t other_axis = 0, other_level = 0;
};

/// Every pair, in order.
std::vector<Pair> all_pairs();

/// "weight large, logits high".
std::string to_string(const Pair& pair);

/// Counts of every pair. Adding is not for several threads at a time.
class Pairs {
 public:
  Pairs();

  /// Counts the pairs of levels that the recipe is of.
  void add(const cases::Recipe& recipe, std::int64_t times = 1);
  void add(const Pairs& other);

  std::int64_t count(const Pair& pair) const;

  /// The pairs of two axes.
  struct Summary {
    Axis axis = {}, other = {};
    std::int64_t pairs = 0;     // that are inside
    std::int64_t left_out = 0;  // the others
    std::int64_t least = 0;     // times that one was drawn
    Pair rarest = {};
  };
  /// Of each two axes with a pair inside: one of which `domains`, the levels that somebody may
  /// draw, have one that holds both levels.
  std::vector<Summary> summaries(const std::vector<Drawn>& domains) const;

 private:
  std::size_t place(std::size_t axis, std::size_t level) const { return first_[axis] + level; }

  std::array<std::size_t, axes> first_ = {};  // of the axis, among all levels
  std::size_t levels_ = 0;
  std::vector<std::int64_t> counts_;  // [levels, levels]
};

/// What the laws of a run drew, of the levels that they may.
class Coverage {
 public:
  void add(const cases::Recipe& recipe) { pairs_.add(recipe); }
  void add(const Drawn& levels);

  /// Of the pairs that at least one law may draw.
  std::vector<Pairs::Summary> summaries() const;

 private:
  Pairs pairs_;
  std::vector<Drawn> domains_;  // each once
};

/// One line for each two axes: how many pairs, how many are outside, how often the rarest was drawn
/// and which it is.
std::string to_text(const std::vector<Pairs::Summary>& summaries);

}  // namespace xent::properties
