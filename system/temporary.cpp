// SPDX-License-Identifier: MIT
// The names are listed in a table of fixed size, which a signal handler can read at any time.
#include "system/temporary.hpp"

#include <array>
#include <atomic>
#include <cerrno>
#include <cstdint>
#include <cstdio>
#include <random>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <unistd.h>

#include "system/interruption.hpp"
#include "system/links.hpp"

namespace xent::system {
namespace {

std::array<std::atomic<const char*>, 64> listed;

static_assert(std::atomic<const char*>::is_always_lock_free);

[[noreturn]] void fail(int error) { throw std::system_error(error, std::generic_category()); }

/// The slot that then holds the name. Throws where all hold one.
int list(const char* name) {
  for (std::size_t k = 0; k < listed.size(); ++k) {
    const char* none = nullptr;
    if (listed[k].compare_exchange_strong(none, name)) return static_cast<int>(k);
  }
  fail(EMFILE);
}

std::string random_name(std::random_device& random) {
  const std::uint64_t bits = std::uint64_t{random()} << 32U | random();
  char name[32];
  (void)std::snprintf(name, sizeof name, ".xent-%016llx.part",
                      static_cast<unsigned long long>(bits));
  return name;
}

}  // namespace

template <class Make>
void Temporary::name(const std::string& folder, Make make) {
  std::random_device random;
  const Uninterrupted between_making_and_listing;
  int made = -1;
  do {
    name_ = folder + "/" + random_name(random);
    made = make(name_.c_str());
  } while (made == -1 && errno == EEXIST);
  if (made == -1) fail(errno);
  try {
    slot_ = list(name_.c_str());
  } catch (...) {
    (void)::unlink(name_.c_str());
    throw;
  }
}

Temporary::Temporary(const std::string& folder, ::mode_t mode) : Temporary() {
  name(folder, [&](const char* name) {
    constexpr int new_file = O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW;
    return descriptor_ = ::open(name, new_file, mode);
  });
}

std::unique_ptr<Temporary> Temporary::second_name(const std::string& path) {
  std::unique_ptr<Temporary> second(new Temporary());
  second->name(folder_of(path), [&](const char* name) { return ::link(path.c_str(), name); });
  return second;
}

Temporary::~Temporary() {
  const Uninterrupted between_removing_and_striking_off;
  if (descriptor_ >= 0) (void)::close(descriptor_);
  if (slot_ < 0) return;
  (void)::unlink(name_.c_str());
  listed[static_cast<std::size_t>(slot_)].store(nullptr);
}

int Temporary::take_descriptor() { return std::exchange(descriptor_, -1); }

void Temporary::rename(const std::string& name) {
  const Uninterrupted between_renaming_and_striking_off;
  if (std::rename(name_.c_str(), name.c_str()) != 0) fail(errno);
  renamed();
}

void Temporary::renamed() {
  listed[static_cast<std::size_t>(std::exchange(slot_, -1))].store(nullptr);
}

void remove_temporaries() noexcept {
  for (auto& slot : listed)
    if (const char* const name = slot.load(); name != nullptr) (void)::unlink(name);
}

}  // namespace xent::system
