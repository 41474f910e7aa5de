// SPDX-License-Identifier: MIT
// Interruption: what a signal does to a program that is writing files.
//
// A signal that ends the program (SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGXCPU, SIGALRM, SIGUSR1,
// SIGUSR2) first removes the temporary files, then ends it as it would have without a handler, so
// that the parent sees the signal. SIGPIPE and SIGXFSZ are ignored: the write that caused them
// fails instead. What the parent had ignored stays ignored.
#pragma once

namespace xent::system {

/// Installs the handlers. Call it once, before there are other threads.
void handle_signals();

/// While one lives, the first SIGINT or SIGTERM does not end the program: interrupted() becomes
/// true, the verb stops soon and writes what it has finished. A second one ends the program at
/// once.
class StopsGracefully {
 public:
  StopsGracefully() noexcept;
  ~StopsGracefully();
  StopsGracefully(const StopsGracefully&) = delete;
  StopsGracefully& operator=(const StopsGracefully&) = delete;
};

/// Whether a signal has come that was to be answered gracefully. Any thread may ask.
bool interrupted() noexcept;

/// Ends the program as the signal would have that interrupted() tells of; where there was none, it
/// returns. main() calls it last, when all output is written.
void end_if_interrupted() noexcept;

/// Ends the program as SIGPIPE would have; returns where the parent had ignored that signal.
void end_by_broken_pipe() noexcept;

/// While one lives, a signal that ends the program waits: files appear all, or none.
class Uninterrupted {
 public:
  Uninterrupted() noexcept;
  ~Uninterrupted();
  Uninterrupted(const Uninterrupted&) = delete;
  Uninterrupted& operator=(const Uninterrupted&) = delete;
};

}  // namespace xent::system
