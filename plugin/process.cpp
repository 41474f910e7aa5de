// SPDX-License-Identifier: MIT
#include "plugin/process.hpp"

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <system_error>
#include <vector>

#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "plugin/serve/serve.hpp"

namespace xent::plugin {
namespace {

[[noreturn]] void fail() {
  throw std::system_error(errno, std::generic_category(), "worker of a plugin");
}

/// A descriptor that is closed at the end of its scope.
struct Closed {
  int file = -1;
  Closed() = default;
  ~Closed() {
    if (file >= 0) ::close(file);
  }
  Closed(const Closed&) = delete;
  Closed& operator=(const Closed&) = delete;
};

/// Becomes the worker, in a process that was forked. Only functions that a signal handler may call
/// are called, since other threads may have held locks.
[[noreturn]] void become_worker(const WorkerFiles& files, char* const* arguments) {
  for (const int file : {files.control, files.lifeline, files.socket[0], files.socket[1],
                         files.arena[0], files.arena[1]})
    ::fcntl(file, F_SETFD, 0);
  ::setpgid(0, 0);  // a signal from the terminal is for the program
  sigset_t none;
  sigemptyset(&none);
  ::sigprocmask(SIG_SETMASK, &none, nullptr);
  for (const int signal : {SIGINT, SIGTERM, SIGHUP, SIGPIPE}) (void)std::signal(signal, SIG_DFL);
  const int input = ::open("/dev/null", O_RDONLY);
  if (input >= 0) ::dup2(input, STDIN_FILENO);
  ::execv("/proc/self/exe", arguments);
  ::_exit(127);
}

}  // namespace

Process::Process(const std::string& path, const SharedMemory& control, const Arenas& arenas) {
  std::array<Closed, slots> theirs;
  Closed their_lifeline;
  for (std::size_t k = 0; k < slots; ++k) {
    std::array<int, 2> pair = {};
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair.data()) != 0) fail();
    sockets_[k] = pair[0];
    theirs[k].file = pair[1];
  }
  std::array<int, 2> pipe = {};
  if (::pipe2(pipe.data(), O_CLOEXEC) != 0) fail();
  their_lifeline.file = pipe[0];
  lifeline_ = pipe[1];
  const WorkerFiles files{.control = control.file(),
                          .lifeline = pipe[0],
                          .socket = {theirs[0].file, theirs[1].file},
                          .arena = {arenas[0]->file(), arenas[1]->file()}};
  std::vector<std::string> words =
      worker_arguments(std::filesystem::absolute(path).string(), files);  // not one to search for
  std::vector<char*> arguments;
  arguments.reserve(words.size() + 1);
  for (std::string& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  id_ = ::fork();
  if (id_ < 0) fail();
  if (id_ == 0) become_worker(files, arguments.data());
}

Process::~Process() {
  end();
  for (const int socket : sockets_)
    if (socket >= 0) ::close(socket);
  if (lifeline_ >= 0) ::close(lifeline_);
}

void Process::ask(std::size_t slot) const {
  const char byte = 0;
  (void)::send(sockets_[slot], &byte, 1, MSG_NOSIGNAL);  // wait() finds out where this failed
}

Answer Process::wait(std::size_t slot, double seconds) const {
  using Clock = std::chrono::steady_clock;
  const auto most = std::chrono::duration<double>(seconds);
  const auto end = Clock::now() + std::chrono::duration_cast<Clock::duration>(most);
  for (;;) {
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(end - Clock::now()).count();
    if (left <= 0) return Answer::late;
    pollfd poll = {.fd = sockets_[slot], .events = POLLIN, .revents = 0};
    const int ready = ::poll(&poll, 1, static_cast<int>(std::min<long>(left, 1'000'000)));
    if (ready <= 0) continue;
    char byte = 0;
    const ssize_t count = ::read(sockets_[slot], &byte, 1);
    if (count == 1) return Answer::replied;
    if (count == 0 || errno != EINTR) return Answer::ended;
  }
}

std::uint64_t Process::data_bytes() const {
  std::ifstream file("/proc/" + std::to_string(id_) + "/statm");
  std::uint64_t pages = 0;
  for (int field = 0; field < 6; ++field) file >> pages;
  return file ? pages * page_size() : 0;
}

int Process::end() {
  if (id_ < 0) return status_;
  ::kill(id_, SIGKILL);  // one that has ended already keeps the status that it ended with
  while (::waitpid(id_, &status_, 0) < 0 && errno == EINTR) {
  }
  id_ = -1;
  return status_;
}

}  // namespace xent::plugin
