// SPDX-License-Identifier: MIT
// Search: RapidCheck looks for a recipe of which a predicate is false.
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "cases/case.hpp"
#include "properties/drawing/recipes.hpp"

namespace xent::properties {

/// Draws up to `cases` recipes until `holds` is false of one, then shrinks that: the last recipe of
/// which `holds` was false is the smallest. Returns how many were drawn, shrinks not counted.
/// Prints nothing; what `holds` throws comes out.
std::int64_t search(const rc::Gen<cases::Recipe>& generator, std::uint64_t seed, int cases,
                    const std::function<bool(const cases::Recipe&)>& holds);

/// The simplest recipe that is reached from `failing` by steps to simpler ones of which `holds` is
/// false; `simpler` gives the steps.
cases::Recipe shrunk(cases::Recipe failing,
                     const std::function<std::vector<cases::Recipe>(const cases::Recipe&)>& simpler,
                     const std::function<bool(const cases::Recipe&)>& holds);

}  // namespace xent::properties
