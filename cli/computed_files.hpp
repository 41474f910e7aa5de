// SPDX-License-Identifier: MIT
// The files that hold what was computed.
#pragma once

#include <string>

#include "cli/computed.hpp"

namespace xent::cli {

/// Where each result goes: "OUT.npy", "OUT.safetensors" or "OUT.safetensors:NAME"; "" is nowhere.
struct ComputedPlaces {
  std::string loss, grad, lse;
};

/// Throws FileError where a place cannot hold an array of its result's axes.
void require_writable(const ComputedPlaces& places, const ProblemFiles& files);

/// All files appear, or none. Tensors without a name are "loss", "grad" and "lse". Throws
/// FileError.
void write_files(const ComputedPlaces& places, const ProblemFiles& files, const Computed& computed);

}  // namespace xent::cli
