// SPDX-License-Identifier: MIT
// Finds out how many threads the system gives.

#include "impl/driver/team.hpp"

#include <algorithm>
#include <array>
#include <atomic>
#include <cstddef>

#include <pthread.h>

#include <xent/execution.hpp>

namespace xent {
namespace {

constexpr int most_threads = 1024;

std::atomic<bool> has_workers = false;       // some thread of this process has had a team
std::atomic<bool> has_lost_workers = false;  // this process was forked from one that had workers

/// Notes in a forked process that it has no workers.
void after_fork_in_child() noexcept {
  if (has_workers) has_lost_workers = true;
}

/// What a thread does that is made to find out whether it can be: it waits until the gate opens.
void* wait_for_the_end(void* gate) {
  auto* const closed = static_cast<pthread_mutex_t*>(gate);
  (void)pthread_mutex_lock(closed);
  (void)pthread_mutex_unlock(closed);
  return nullptr;
}

/// Returns how many threads can be made beside this one, at most `wanted`: makes them, so that all
/// are alive at the same time, and ends them.
int threads_to_be_had(int wanted) noexcept {
  std::array<pthread_t, most_threads> made;
  pthread_mutex_t gate = PTHREAD_MUTEX_INITIALIZER;
  (void)pthread_mutex_lock(&gate);
  int count = 0;
  while (count < wanted && pthread_create(&made[static_cast<std::size_t>(count)], nullptr,
                                          wait_for_the_end, &gate) == 0)
    ++count;
  (void)pthread_mutex_unlock(&gate);
  for (int k = 0; k < count; ++k) (void)pthread_join(made[static_cast<std::size_t>(k)], nullptr);
  return count;
}

/// Returns the size of a team of the calling thread, at most `wanted`. Where the system gives fewer
/// threads, the team has half of those, since they may lack memory, which the work needs too. A
/// number that the system refused once is not asked for again.
int size_to_be_had(int wanted) noexcept {
  static const bool watches_forks = pthread_atfork(nullptr, nullptr, after_fork_in_child) == 0;
  thread_local int granted = 1;
  thread_local int refused = most_threads + 1;
  wanted = std::min(wanted, most_threads);
  if (wanted <= 1 || !watches_forks || has_lost_workers) return 1;
  if (wanted > granted && wanted < refused) {
    const int had = threads_to_be_had(wanted - 1);
    granted = std::max(granted, had == wanted - 1 ? wanted : 1 + had / 2);
    if (granted < wanted) refused = wanted;
  }
  return std::min(wanted, granted);
}

}  // namespace

int impl::team_size(int wanted) noexcept {
  const int size = size_to_be_had(wanted);
  if (size > 1) has_workers = true;
  return size;
}

int available_threads(int wanted) { return size_to_be_had(std::max(wanted, 1)); }

}  // namespace xent
