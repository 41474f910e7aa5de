// SPDX-License-Identifier: MIT
// The kernel reports bytes that are gone by SIGBUS, to the thread that reads them. The handler
// finds the file by the address, in a table of fixed size that it can read at any time.
#include "system/mapping.hpp"

#include <array>
#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <functional>
#include <mutex>
#include <system_error>
#include <utility>
#include <vector>

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/uio.h>
#include <unistd.h>

#include "system/names.hpp"
#include "system/output_file.hpp"
#include "system/temporary.hpp"

namespace xent::system {
namespace {

constexpr int exit_bad_input = 2;

struct Entry {
  std::atomic<const std::byte*> begin = nullptr;  // nullptr: not listed, or not yet
  std::atomic<const std::byte*> end = nullptr;
  std::atomic<const char*> path = nullptr;  // not nullptr: taken
};

std::array<Entry, 64> listed;  // mappings beyond have no name in the handler's line

std::mutex guard;                      // of changes to that table, and of the next two
std::vector<const Mapping*> mappings;  // that there are
std::string changed_before;            // a file that had changed when its mapping went

std::string where_we_are;        // set before there are threads
std::atomic<bool> told = false;  // a thread tells of a fault, and then ends the program

/// The caller holds the guard.
void list(const char* path, const std::byte* data, std::size_t bytes) {
  for (Entry& entry : listed) {
    if (entry.path != nullptr) continue;
    entry.path = path;
    entry.end = data + bytes;
    entry.begin = data;
    return;
  }
}

/// The caller holds the guard.
void strike_off(const std::byte* data) {
  for (Entry& entry : listed)
    if (entry.begin == data) {
      entry.begin = nullptr;
      entry.path = nullptr;
      return;
    }
}

/// Of the file that is mapped there; nullptr where none is known. Async-signal-safe.
const char* path_at(const void* address) {
  constexpr std::less<> before;  // in one order, whatever the pointers point into
  for (const Entry& entry : listed)
    if (entry.begin != nullptr && !before(address, entry.begin.load()) &&
        before(address, entry.end.load()))
      return entry.path;
  return nullptr;
}

::iovec piece(const char* text) { return {const_cast<char*>(text), std::strlen(text)}; }

void on_bus_error(int signal, ::siginfo_t* fault, void* /*context*/) {
  const char* const path = path_at(fault->si_addr);
  if (path == nullptr) {  // no fault of a file: back to the instruction, which ends the program
    (void)::signal(signal, SIG_DFL);
    return;
  }
  while (told.exchange(true)) (void)::pause();  // another thread ends the program
  const std::array line = {piece(where_we_are.c_str()), piece(": "), piece(path),
                           piece(": became shorter while it was read, or cannot be read\n")};
  const ::ssize_t written = ::writev(STDERR_FILENO, line.data(), static_cast<int>(line.size()));
  (void)written;  // there is nobody else to tell
  remove_temporaries();
  ::_exit(exit_bad_input);
}

}  // namespace

Mapping::Mapping(int descriptor, std::string path, std::size_t bytes)
    : path_(std::move(path)), text_(name_text(path_)), bytes_(bytes) {
  void* const start = ::mmap(nullptr, bytes, PROT_READ, MAP_PRIVATE, descriptor, 0);
  if (start == MAP_FAILED) throw std::system_error(errno, std::generic_category());
  data_ = static_cast<const std::byte*>(start);
  descriptor_ = ::fcntl(descriptor, F_DUPFD_CLOEXEC, 0);
  if (descriptor_ < 0 || ::fstat(descriptor_, &before_) != 0) {
    const int error = errno;
    (void)::munmap(start, bytes);
    throw std::system_error(error, std::generic_category());
  }
  const std::lock_guard lock(guard);
  list(text_.c_str(), data_, bytes_);
  mappings.push_back(this);
}

Mapping::~Mapping() {
  {
    const std::lock_guard lock(guard);
    std::erase(mappings, this);
    if (changed() && changed_before.empty()) changed_before = path_;
    strike_off(data_);
  }
  (void)::munmap(const_cast<std::byte*>(data_), bytes_);
  (void)::close(descriptor_);
}

bool Mapping::changed() const noexcept {
  struct ::stat now {};
  if (::fstat(descriptor_, &now) != 0) return true;
  return now.st_size < static_cast<::off_t>(bytes_) || now.st_size != before_.st_size ||
         now.st_mtim.tv_sec != before_.st_mtim.tv_sec ||
         now.st_mtim.tv_nsec != before_.st_mtim.tv_nsec;
}

void require_unchanged() {
  const std::lock_guard lock(guard);
  std::string path = changed_before;
  for (const Mapping* mapping : mappings)
    if (path.empty() && mapping->changed()) path = mapping->path();
  if (!path.empty()) throw FileError(path, "was changed while it was read");
}

void answer_bus_errors(const std::string& where) {
  where_we_are = where;
  struct sigaction action {};
  action.sa_sigaction = on_bus_error;
  action.sa_flags = SA_SIGINFO;
  (void)::sigemptyset(&action.sa_mask);
  (void)::sigaction(SIGBUS, &action, nullptr);
}

}  // namespace xent::system
