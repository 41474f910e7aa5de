// SPDX-License-Identifier: MIT
// A worker process: started, asked, waited for, ended.
#pragma once

#include <array>
#include <cstddef>
#include <memory>
#include <string>

#include <sys/types.h>

#include "plugin/shared_memory.hpp"
#include "plugin/wire.hpp"

namespace xent::plugin {

using Arenas = std::array<std::unique_ptr<SharedMemory>, slots>;

/// What became of a request.
enum class Answer { replied, ended, late };

/// A worker that serves one plugin, with sockets to each of its slots. It ends with this object.
class Process {
 public:
  /// Starts this program as a worker, which opens the plugin and then replies in slot 0. Throws
  /// std::system_error.
  Process(const std::string& path, const SharedMemory& control, const Arenas& arenas);
  ~Process();
  Process(const Process&) = delete;
  Process& operator=(const Process&) = delete;

  /// Lets the worker serve the request of a slot.
  void ask(std::size_t slot) const;
  /// Waits for its reply, so long at most.
  Answer wait(std::size_t slot, double seconds) const;
  /// Returns how much private memory it has taken, in bytes; 0 where that is not known.
  std::uint64_t data_bytes() const;
  /// Kills it where it still runs, and returns how it ended, as waitpid() says.
  int end();

 private:
  pid_t id_ = -1;
  int status_ = 0;
  int lifeline_ = -1;
  std::array<int, slots> sockets_ = {-1, -1};
};

}  // namespace xent::plugin
