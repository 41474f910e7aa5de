// SPDX-License-Identifier: MIT
// Finds the names that somebody may have meant by a name that is not known.
#pragma once

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <numeric>
#include <string>
#include <string_view>
#include <vector>

namespace xent {

/// Returns the text with the letters A to Z as small letters.
inline std::string small_letters(std::string_view text) {
  std::string made(text);
  for (char& c : made)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return made;
}

/// Tells whether two names are the same but for the case of their letters.
inline bool same_name(std::string_view a, std::string_view b) {
  return small_letters(a) == small_letters(b);
}

/// Returns how many letters must be put in, left out, replaced or swapped with their neighbour to
/// make one text of the other (the optimal string alignment distance).
inline std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> before(b.size() + 1);
  std::vector<std::size_t> last(b.size() + 1);
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(last.begin(), last.end(), std::size_t{0});
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t replaced = last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      row[j] = std::min({last[j] + 1, row[j - 1] + 1, replaced});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
        row[j] = std::min(row[j], before[j - 2] + 1);
    }
    before.swap(last);
    last.swap(row);
  }
  return last[b.size()];
}

/// Returns the names that `wanted` may mean, whatever the case of its letters: those nearest by
/// edit distance, if that is at most a third of the longer text; else those that begin with
/// `wanted`, if it has three letters or more. It returns at most three, in the order of `names`.
inline std::vector<std::string> nearest_names(std::string_view wanted,
                                              const std::vector<std::string>& names) {
  constexpr std::size_t most = 3;
  const std::string small = small_letters(wanted);
  std::vector<std::string> found;
  std::size_t least = std::max<std::size_t>(small.size(), 1);
  for (const std::string& name : names) {
    const std::size_t distance = edit_distance(small, small_letters(name));
    if (3 * distance > std::max(small.size(), name.size()) || distance > least) continue;
    if (distance < least) found.clear();
    least = distance;
    found.push_back(name);
  }
  if (found.empty() && small.size() >= 3)
    std::copy_if(names.begin(), names.end(), std::back_inserter(found),
                 [&](const std::string& name) { return small_letters(name).starts_with(small); });
  if (found.size() > most) found.resize(most);
  return found;
}

/// Returns the end of a message: "; did you mean 'verify'?", with several names "'a' or 'b'", or,
/// where no name is near, "; there are a, b, c".
inline std::string suggestion(std::string_view wanted, const std::vector<std::string>& names) {
  const std::vector<std::string> near = nearest_names(wanted, names);
  std::string text = near.empty() ? "; there are " : "; did you mean ";
  if (near.empty()) {
    for (std::size_t k = 0; k < names.size(); ++k) text += (k == 0 ? "" : ", ") + names[k];
    return text;
  }
  for (std::size_t k = 0; k < near.size(); ++k) text += (k == 0 ? "'" : " or '") + near[k] + "'";
  return text + "?";
}

}  // namespace xent
