// SPDX-License-Identifier: MIT
// The handler may run in any thread, beside the one that writes files; so both sides first say what
// they are about to do and then read what the other one said, in one order for all threads
// (sequentially consistent atomics). One of the two then sees the other, and ends the program.
#include "system/interruption.hpp"

#include <atomic>
#include <csignal>

#include <unistd.h>

#include "system/temporary.hpp"

namespace xent::system {
namespace {

constexpr int ending_signals[] = {SIGHUP,  SIGINT,  SIGQUIT, SIGTERM,
                                  SIGXCPU, SIGALRM, SIGUSR1, SIGUSR2};

std::atomic<int> ending = 0;         // the signal that is to end the program
std::atomic<int> uninterrupted = 0;  // how many objects of that class live
std::atomic<int> graceful = 0;       // the same
std::atomic<int> stop_asked = 0;     // the signal that was to be answered gracefully
bool broken_pipe_ends = false;       // set before there are threads

static_assert(std::atomic<int>::is_always_lock_free);

bool ignored(int signal) {
  struct sigaction now {};
  return ::sigaction(signal, nullptr, &now) == 0 && now.sa_handler == SIG_IGN;
}

void set_handler(int signal, void (*handler)(int)) {
  struct sigaction action {};
  action.sa_handler = handler;
  action.sa_flags = SA_RESTART;
  (void)::sigemptyset(&action.sa_mask);
  (void)::sigaction(signal, &action, nullptr);
}

/// Raises the signal without a handler. In the handler of that signal it takes effect on return.
void raise_unhandled(int signal) {
  set_handler(signal, SIG_DFL);
  (void)::raise(signal);
}

/// Async-signal-safe.
void end_by(int signal) {
  remove_temporaries();
  raise_unhandled(signal);
}

/// Whether the signal is the first that a verb answers by stopping.
bool asks_to_stop(int signal) {
  int none = 0;
  return (signal == SIGINT || signal == SIGTERM) && graceful.load() != 0 &&
         stop_asked.compare_exchange_strong(none, signal);
}

void on_signal(int signal) {
  if (asks_to_stop(signal)) return;
  ending.store(signal);
  if (uninterrupted.load() == 0) end_by(signal);
}

}  // namespace

void handle_signals() {
  broken_pipe_ends = !ignored(SIGPIPE);
  set_handler(SIGPIPE, SIG_IGN);
  set_handler(SIGXFSZ, SIG_IGN);
  for (const int signal : ending_signals)
    if (!ignored(signal)) set_handler(signal, on_signal);
}

StopsGracefully::StopsGracefully() noexcept { graceful.fetch_add(1); }
StopsGracefully::~StopsGracefully() { graceful.fetch_sub(1); }

bool interrupted() noexcept { return stop_asked.load() != 0; }

void end_if_interrupted() noexcept {
  if (const int signal = stop_asked.load(); signal != 0) end_by(signal);
}

void end_by_broken_pipe() noexcept {
  if (broken_pipe_ends) end_by(SIGPIPE);
}

Uninterrupted::Uninterrupted() noexcept {
  uninterrupted.fetch_add(1);
  if (const int signal = ending.load(); signal != 0) {
    uninterrupted.fetch_sub(1);
    end_by(signal);
  }
}

Uninterrupted::~Uninterrupted() {
  if (uninterrupted.fetch_sub(1) != 1) return;
  if (const int signal = ending.load(); signal != 0) end_by(signal);
}

}  // namespace xent::system
