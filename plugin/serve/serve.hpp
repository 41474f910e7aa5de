// SPDX-License-Identifier: MIT
// The worker process of a plugin: the same program, started again with other arguments.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace xent::plugin {

/// The first argument of a worker process.
inline constexpr std::string_view worker_word = "--serve-a-plugin";

/// The files that a worker inherits, by their numbers.
struct WorkerFiles {
  int control = -1;
  int lifeline = -1;  // a pipe that ends when the program does
  int socket[2] = {-1, -1};
  int arena[2] = {-1, -1};
};

/// Returns the arguments of a worker that opens the plugin `path`.
std::vector<std::string> worker_arguments(const std::string& path, const WorkerFiles& files);

/// Tells whether a program was started as a worker.
bool is_worker(int argc, char** argv);

/// Serves requests till the program is gone; the exit code.
int serve(int argc, char** argv);

}  // namespace xent::plugin
