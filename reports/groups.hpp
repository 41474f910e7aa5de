// SPDX-License-Identifier: MIT
// Groups: records put together by what they have in common.
#pragma once

#include <algorithm>
#include <vector>

namespace xent::reports {

template <class R>
using Group = std::vector<const R*>;

template <class R>
Group<R> pointers(const std::vector<R>& records) {
  Group<R> all;
  for (const R& one : records) all.push_back(&one);
  return all;
}

/// The records in groups of equal key(record), by first appearance.
template <class R, class Key>
std::vector<Group<R>> grouped(const Group<R>& records, Key key) {
  std::vector<Group<R>> groups;
  for (const R* one : records) {
    const auto same = [&](const Group<R>& group) { return key(*group.front()) == key(*one); };
    const auto found = std::find_if(groups.begin(), groups.end(), same);
    if (found == groups.end())
      groups.push_back({one});
    else
      found->push_back(one);
  }
  return groups;
}

}  // namespace xent::reports
