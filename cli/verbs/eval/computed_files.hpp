// SPDX-License-Identifier: MIT
// The files that hold what was computed.
#pragma once

#include <string>

#include "cli/outputs.hpp"
#include "cli/verbs/eval/computed.hpp"

namespace xent::cli {

/// Where each result goes: "OUT.npy", "OUT.safetensors" or "OUT.safetensors:NAME"; "" is nowhere.
struct ComputedPlaces {
  std::string loss, grad, lse, log_softmax;
};

/// Throws FileError where a place cannot hold an array of its result's axes.
void require_writable(const ComputedPlaces& places, const ProblemFiles& files);

/// As outputs of the options --loss-out, --grad-out, --lse-out and --log-softmax-out. Tensors
/// without a name are "loss", "grad", "lse" and "log_softmax".
Places places_of(const ComputedPlaces& places);

/// Writes what is wanted of them; `computed` stays till the outputs are committed. Throws
/// FileError.
void write_computed(Outputs& outputs, const ProblemFiles& files, const Computed& computed);

}  // namespace xent::cli
