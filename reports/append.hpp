// SPDX-License-Identifier: MIT
// Results put after results.
#pragma once

#include <algorithm>
#include <cstdint>
#include <utility>

#include <xent/records/results.hpp>

namespace xent::reports {

/// Adds the records of `more` behind those of `all`, kind by kind; they stay of their runs.
inline void append(Results& all, const Results& more) {
  const auto before = static_cast<std::int64_t>(all.runs.size());
  all.runs.insert(all.runs.end(), more.runs.begin(), more.runs.end());
  const auto add = [before](auto& to, const auto& from) {
    for (auto one : from) {
      one.run += before;
      to.push_back(std::move(one));
    }
  };
  for (const LawStatement& one : more.statements)
    if (std::find(all.statements.begin(), all.statements.end(), one) == all.statements.end())
      all.statements.push_back(one);
  add(all.laws, more.laws);
  add(all.accuracy, more.accuracy);
  add(all.timings, more.timings);
  add(all.roofs, more.roofs);
}

}  // namespace xent::reports
