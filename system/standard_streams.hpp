// SPDX-License-Identifier: MIT
// The standard streams: none of them is a file of ours, and what cannot be told stops nothing.
#pragma once

#include <string_view>

namespace xent::system {

/// Opens those of the descriptors 0 to 2 that are closed, so that no file gets their numbers. What
/// is written to them still fails. Call it first.
void open_standard_streams() noexcept;

/// Writes the text to standard error, in one piece where the system allows. Where it cannot be
/// written (closed, full, a broken pipe) it is lost, and nothing else happens. Keeps errno.
void tell(std::string_view text) noexcept;

}  // namespace xent::system
