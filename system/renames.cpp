// SPDX-License-Identifier: MIT
// The process has our memory, so it costs the same however large that is, and our thread waits
// until it ends (CLONE_VM, CLONE_VFORK). It calls what is safe in a signal handler, on a stack of
// its own. Its exit code is the count, because an emulator may give it a copy of the memory (qemu
// does).
#include "system/renames.hpp"

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdio>

#include <sched.h>
#include <sys/wait.h>
#include <unistd.h>

namespace xent::system {
namespace {

constexpr std::size_t most = 255;  // what an exit code can say

int rename_all(void* argument) {
  const auto& renames = *static_cast<const std::span<const Rename>*>(argument);
  (void)::setpgid(0, 0);  // SIGKILL may go to the whole group
  int done = 0;
  for (const Rename& one : renames) {
    if (std::rename(one.from, one.to) != 0) break;
    ++done;
  }
  return done;
}

/// Starts the process. It sends no signal when it ends, so that its exit code is kept also where
/// SIGCHLD is ignored; qemu makes processes with that signal alone.
::pid_t process_of(std::span<const Rename>& renames, char* end_of_stack) noexcept {
  constexpr int with_our_memory = CLONE_VM | CLONE_VFORK;
  const ::pid_t quiet = ::clone(rename_all, end_of_stack, with_our_memory, &renames);
  if (quiet >= 0 || errno != EINVAL) return quiet;
  return ::clone(rename_all, end_of_stack, with_our_memory | SIGCHLD, &renames);
}

}  // namespace

std::size_t rename_apart(std::span<const Rename> renames) noexcept {
  std::span<const Rename> counted = renames.first(std::min(renames.size(), most));
  ::sigset_t all, before;
  (void)::sigfillset(&all);
  (void)::pthread_sigmask(SIG_SETMASK, &all, &before);  // our handlers are not for that process
  alignas(64) char stack[65536];
  const ::pid_t child = process_of(counted, stack + sizeof stack);
  int status = 0;
  ::pid_t ended = child;
  while (child > 0 && (ended = ::waitpid(child, &status, __WALL)) < 0 && errno == EINTR) {
  }
  (void)::pthread_sigmask(SIG_SETMASK, &before, nullptr);
  return child > 0 && ended == child && WIFEXITED(status)
             ? static_cast<std::size_t>(WEXITSTATUS(status))
             : 0;
}

}  // namespace xent::system
