// SPDX-License-Identifier: MIT
// Problems of a soak: recipes whose levels on each axis are drawn at random.
#pragma once

#include <cstdint>
#include <string>

#include "cases/case.hpp"

namespace xent::soak {

/// Problem number `index` of that seed: the element type named, or where it is "" any; one in
/// sixteen has more than 4096 classes, every other level is as likely as its neighbours.
cases::Recipe draw_problem(std::uint64_t seed, std::uint64_t index, const std::string& dtype);

}  // namespace xent::soak
