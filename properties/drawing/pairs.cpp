// SPDX-License-Identifier: MIT
// Counting pairs of levels.
#include "properties/drawing/pairs.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace xent::properties {

std::vector<Pair> all_pairs() {
  std::vector<Pair> pairs;
  for (std::size_t a = 0; a < axes; ++a)
    for (std::size_t b = a + 1; b < axes; ++b)
      for (std::size_t i = 0; i < levels(all_axes[a]).size(); ++i)
        for (std::size_t j = 0; j < levels(all_axes[b]).size(); ++j) pairs.push_back({a, i, b, j});
  return pairs;
}

std::string to_string(const Pair& pair) {
  const Axis axis = all_axes[pair.axis];
  const Axis other = all_axes[pair.other_axis];
  return fmt::format("{} {}, {} {}", to_string(axis), levels(axis)[pair.level].name,
                     to_string(other), levels(other)[pair.other_level].name);
}

Pairs::Pairs() {
  for (std::size_t a = 0; a < axes; ++a) {
    first_[a] = levels_;
    levels_ += levels(all_axes[a]).size();
  }
  counts_.resize(levels_ * levels_);
}

void Pairs::add(const cases::Recipe& recipe, std::int64_t times) {
  const auto found = levels_of(recipe);
  for (std::size_t a = 0; a < axes; ++a)
    for (std::size_t b = a + 1; b < axes; ++b)
      if (found[a] && found[b])
        counts_[place(a, *found[a]) * levels_ + place(b, *found[b])] += times;
}

void Pairs::add(const Pairs& other) {
  for (std::size_t k = 0; k < counts_.size(); ++k) counts_[k] += other.counts_[k];
}

std::int64_t Pairs::count(const Pair& pair) const {
  return counts_[place(pair.axis, pair.level) * levels_ + place(pair.other_axis, pair.other_level)];
}

std::vector<Pairs::Summary> Pairs::summaries(const std::vector<Drawn>& domains) const {
  std::vector<Summary> all;
  for (const Pair& pair : all_pairs()) {
    const Axis axis = all_axes[pair.axis];
    const Axis other = all_axes[pair.other_axis];
    if (all.empty() || all.back().axis != axis || all.back().other != other)
      all.push_back({.axis = axis, .other = other});
    Summary& summary = all.back();
    const bool inside = std::any_of(domains.begin(), domains.end(), [&](const Drawn& drawn) {
      return drawn[pair.axis][pair.level] && drawn[pair.other_axis][pair.other_level];
    });
    if (!inside) {
      ++summary.left_out;
      continue;
    }
    const std::int64_t times = count(pair);
    if (summary.pairs++ == 0 || times < summary.least) {
      summary.least = times;
      summary.rarest = pair;
    }
  }
  std::erase_if(all, [](const Summary& summary) { return summary.pairs == 0; });
  return all;
}

void Coverage::add(const Drawn& levels) {
  if (std::find(domains_.begin(), domains_.end(), levels) == domains_.end())
    domains_.push_back(levels);
}

std::vector<Pairs::Summary> Coverage::summaries() const { return pairs_.summaries(domains_); }

std::string to_text(const std::vector<Pairs::Summary>& summaries) {
  std::string text = fmt::format("{:<21}{:>6}{:>9}{:>8}  {}\n", "pairs of levels", "pairs",
                                 "outside", "rarest", "which");
  for (const Pairs::Summary& one : summaries) {
    const std::string axes_text = fmt::format("{} x {}", to_string(one.axis), to_string(one.other));
    text += fmt::format("{:<21}{:>6}{:>9}{:>8}  {}\n", axes_text, one.pairs, one.left_out,
                        one.least, to_string(one.rarest));
  }
  return text;
}

}  // namespace xent::properties
