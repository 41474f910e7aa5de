// SPDX-License-Identifier: MIT
// The option --threads of eval and audit, which compute on all cores that they may use if it is not
// given.
#pragma once

#include "machine/cores.hpp"

namespace CLI {
class App;
}

namespace xent::cli {

/// Adds --threads T, from 1 to bench::most_threads. Without it `threads` stays 0.
void add_threads(CLI::App& app, int& threads);

/// Returns `threads`, or where it is 0 as many as there are usable cores, at most
/// bench::most_threads.
int threads_of(int threads, const machine::Cores& cores = machine::cores());

}  // namespace xent::cli
