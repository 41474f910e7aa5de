// SPDX-License-Identifier: MIT
#include "plugin/serve/crash_note.hpp"

#include <array>
#include <csignal>
#include <memory>

#include <fcntl.h>
#include <ucontext.h>
#include <unistd.h>

namespace xent::plugin {
namespace {

constexpr int deadly[] = {SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGABRT};
constexpr std::size_t stack_size = std::size_t{1} << 16U;

Control* noted_in = nullptr;

/// Returns 1 for a fault of writing, 0 of reading, -1 where this machine does not say.
int is_writing([[maybe_unused]] const void* context) {
#if defined(__x86_64__)
  const auto& registers = static_cast<const ucontext_t*>(context)->uc_mcontext.gregs;
  return (registers[REG_ERR] & 2) != 0 ? 1 : 0;
#else
  return -1;
#endif
}

void on_deadly(int signal, siginfo_t* info, void* context) {
  Crash& crash = noted_in->crash;
  if (crash.signal == 0) {
    crash.address = reinterpret_cast<std::uint64_t>(info->si_addr);
    crash.writing = signal == SIGSEGV ? is_writing(context) : -1;
    crash.data_bytes = data_bytes();
    crash.signal = signal;
  }
  ::_exit(1);
}

}  // namespace

void note_crashes(Control& control) {
  noted_in = &control;
  struct sigaction action = {};
  action.sa_sigaction = on_deadly;
  action.sa_flags = SA_SIGINFO | SA_ONSTACK;
  for (const int signal : deadly) ::sigaction(signal, &action, nullptr);
}

void have_signal_stack() {
  static thread_local const std::unique_ptr<std::byte[]> memory(new std::byte[stack_size]);
  const stack_t stack = {.ss_sp = memory.get(), .ss_flags = 0, .ss_size = stack_size};
  ::sigaltstack(&stack, nullptr);
}

std::uint64_t data_bytes() {
  const int file = ::open("/proc/self/statm", O_RDONLY | O_CLOEXEC);
  if (file < 0) return 0;
  std::array<char, 200> text = {};
  const ssize_t count = ::read(file, text.data(), text.size() - 1);
  ::close(file);
  // "size resident shared text lib data dt", in pages
  std::uint64_t number = 0;
  int field = 0;
  for (ssize_t k = 0; k < count; ++k) {
    const char c = text[static_cast<std::size_t>(k)];
    if (c == ' ') {
      if (++field == 6) return number * static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE));
      number = 0;
    } else if ('0' <= c && c <= '9') {
      number = 10 * number + static_cast<std::uint64_t>(c - '0');
    }
  }
  return 0;
}

}  // namespace xent::plugin
