// SPDX-License-Identifier: MIT
// Results put after results.
#pragma once

#include <xent/record.hpp>

namespace xent::cli {

/// Adds the records of `more` behind those of `all`, kind by kind.
inline void append(Results& all, const Results& more) {
  const auto add = [](auto& to, const auto& from) {
    to.insert(to.end(), from.begin(), from.end());
  };
  add(all.runs, more.runs);
  add(all.laws, more.laws);
  add(all.accuracy, more.accuracy);
  add(all.timings, more.timings);
  add(all.roofs, more.roofs);
}

}  // namespace xent::cli
