// SPDX-License-Identifier: MIT
#include "plugin/serve/serve.hpp"

#include <cstdlib>
#include <exception>
#include <thread>

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <unistd.h>

#include "plugin/serve/call.hpp"
#include "plugin/serve/crash_note.hpp"

namespace xent::plugin {
namespace {

/// A plugin may take so much memory for itself beside the tensors.
constexpr std::uint64_t memory_for_plugin = std::uint64_t{2} << 30U;
constexpr int words = 8;

void limit_memory(Control& control) {
  control.memory_limit = data_bytes() + memory_for_plugin;
  const rlimit data = {.rlim_cur = control.memory_limit, .rlim_max = control.memory_limit};
  ::setrlimit(RLIMIT_DATA, &data);
  const rlimit none = {.rlim_cur = 0, .rlim_max = 0};
  ::setrlimit(RLIMIT_CORE, &none);
}

/// Ends the process when the program has ended, whatever a kernel is doing.
void end_with_program(int lifeline) {
  std::thread([lifeline] {
    char byte = 0;
    while (::read(lifeline, &byte, 1) > 0) {
    }
    ::_exit(0);
  }).detach();
}

bool say(int socket) {
  const char byte = 0;
  return ::write(socket, &byte, 1) == 1;
}

/// Serves the requests of one slot.
void serve_slot(Slot& slot, int socket, int arena, const std::vector<Functions>& functions,
                const CapturedOutput& output) {
  have_signal_stack();
  Guarded memory(arena);
  char byte = 0;
  while (::read(socket, &byte, 1) == 1) {
    const Request request = slot.request;  // a kernel may write anywhere
    const Functions& kernel = functions[static_cast<std::size_t>(request.kernel)];
    if (request.asks_bounds) {
      slot.reply = reply_with_bounds(kernel.bounds_of_row, request.row);
    } else {
      memory.open(request);
      slot.arena_base = reinterpret_cast<std::uint64_t>(memory.base());
      slot.reply = call(kernel.compute, request, memory, output);
    }
    if (!say(socket)) return;
  }
}

int serve_plugin(const char* path, const WorkerFiles& files) {
  void* const mapped =
      ::mmap(nullptr, sizeof(Control), PROT_READ | PROT_WRITE, MAP_SHARED, files.control, 0);
  if (mapped == MAP_FAILED) return 1;
  auto& control = *static_cast<Control*>(mapped);
  end_with_program(files.lifeline);
  note_crashes(control);
  have_signal_stack();
  const CapturedOutput output;
  limit_memory(control);
  std::vector<Functions> functions;
  try {
    functions = open_plugin(path, control.loaded);
  } catch (const std::exception& thrown) {
    put(control.loaded.fault, thrown.what());
  }
  (void)output.take();  // what is said while it is loaded disturbs nobody
  if (!say(files.socket[0])) return 1;
  std::thread([&] {
    serve_slot(control.slot[1], files.socket[1], files.arena[1], functions, output);
  }).detach();
  serve_slot(control.slot[0], files.socket[0], files.arena[0], functions, output);
  ::_exit(0);
}

}  // namespace

std::vector<std::string> worker_arguments(const std::string& path, const WorkerFiles& files) {
  std::vector<std::string> arguments = {"xent", std::string(worker_word), path};
  for (const int file : {files.control, files.lifeline, files.socket[0], files.socket[1],
                         files.arena[0], files.arena[1]})
    arguments.push_back(std::to_string(file));
  return arguments;
}

bool is_worker(int argc, char** argv) { return argc == words + 1 && argv[1] == worker_word; }

int serve(int /*argc*/, char** argv) {
  const auto file = [&](int k) { return static_cast<int>(std::strtol(argv[k], nullptr, 10)); };
  const WorkerFiles files{.control = file(3),
                          .lifeline = file(4),
                          .socket = {file(5), file(6)},
                          .arena = {file(7), file(8)}};
  for (const int one : {files.control, files.lifeline, files.socket[0], files.socket[1],
                        files.arena[0], files.arena[1]})
    if (::fcntl(one, F_SETFD, FD_CLOEXEC) != 0) return 2;  // started by somebody else
  return serve_plugin(argv[2], files);
}

}  // namespace xent::plugin
