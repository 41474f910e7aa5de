// SPDX-License-Identifier: MIT
// Terminal: a program on a terminal of its own, whose keys can be pressed.
#pragma once

#include <array>
#include <chrono>
#include <csignal>
#include <cstddef>
#include <string>
#include <vector>

#include <poll.h>
#include <pty.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>

namespace xent::tests {

class Terminal {
 public:
  /// Starts the program, with both outputs on a terminal of so many columns.
  Terminal(std::vector<std::string> command, unsigned short columns) {
    winsize size{.ws_row = 24, .ws_col = columns, .ws_xpixel = 0, .ws_ypixel = 0};
    std::vector<char*> arguments;
    arguments.reserve(command.size() + 1);
    for (std::string& one : command) arguments.push_back(one.data());
    arguments.push_back(nullptr);
    child_ = ::forkpty(&master_, nullptr, nullptr, &size);
    if (child_ != 0) return;
    (void)::unsetenv("COLUMNS");
    (void)::execv(arguments.front(), arguments.data());
    ::_exit(127);
  }
  Terminal(const Terminal&) = delete;
  Terminal& operator=(const Terminal&) = delete;
  ~Terminal() {
    if (child_ > 0) {
      (void)::kill(child_, SIGKILL);
      (void)::waitpid(child_, nullptr, 0);
    }
    (void)::close(master_);
  }

  /// Reads until the text holds `part`; false where the program ends, or two minutes pass, before.
  bool shows(const std::string& part) {
    const auto end = Clock::now() + two_minutes;
    while (text_.find(part, seen_) == std::string::npos)
      if (!read_until(end)) return false;
    seen_ = text_.find(part, seen_) + part.size();
    return true;
  }

  void press(char key) const { [[maybe_unused]] const ssize_t written = ::write(master_, &key, 1); }
  void send(int signal) const { (void)::kill(child_, signal); }

  /// Reads what comes in that time: whether the program has ended then.
  bool ends_within(int milliseconds) {
    const auto end = Clock::now() + std::chrono::milliseconds(milliseconds);
    while (read_until(end)) {
    }
    return ended_;
  }

  /// Reads all that is left, and waits: the status of a shell, 128 + the signal that ended it; -1
  /// where it says nothing for two minutes.
  int status() {
    while (read_until(Clock::now() + two_minutes)) {
    }
    if (!ended_) return -1;
    int status = 0;
    (void)::waitpid(child_, &status, 0);
    child_ = -1;
    return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
  }

  const std::string& text() const { return text_; }

 private:
  using Clock = std::chrono::steady_clock;
  static constexpr std::chrono::minutes two_minutes{2};

  /// Reads what the program writes next: false where it ends, or writes nothing until then.
  bool read_until(Clock::time_point end) {
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(end - Clock::now()).count();
    pollfd ready{.fd = master_, .events = POLLIN, .revents = 0};
    if (left < 0 || ::poll(&ready, 1, static_cast<int>(left)) != 1) return false;
    std::array<char, 4096> part{};
    const ssize_t got = ::read(master_, part.data(), part.size());
    ended_ = got <= 0;  // EIO where nobody has the terminal any more
    if (ended_) return false;
    text_.append(part.data(), static_cast<std::size_t>(got));
    return true;
  }

  int master_ = -1;
  pid_t child_ = -1;
  bool ended_ = false;
  std::size_t seen_ = 0;
  std::string text_;
};

}  // namespace xent::tests
