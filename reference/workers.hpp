// SPDX-License-Identifier: MIT
// Shares the rows of a problem among threads.
#pragma once

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <exception>
#include <functional>
#include <latch>
#include <mutex>
#include <thread>
#include <vector>

#include <mpfr.h>

#include <xent/environment.hpp>

namespace xent::reference {

/// Called now and then, by one thread at a time, with the number of rows that
/// have been begun.
using RowsDone = std::function<void(std::ptrdiff_t)>;

/// Calls `work(worker, i)` once for each i in [0, count), with worker in [0, threads); the i of a
/// worker ascend. Where the system gives fewer threads, it works on half of those that it gives,
/// since they may lack memory. Each thread tests its floating-point environment first. The first
/// exception is thrown again when all threads have stopped.
inline void share_rows(std::ptrdiff_t count, int threads, const RowsDone& done,
                       const std::function<void(std::size_t, std::ptrdiff_t)>& work) {
  std::atomic<std::ptrdiff_t> next = 0;
  std::mutex reporting;
  std::exception_ptr fault;
  const auto run = [&](std::size_t worker) {
    try {
      validate_environment();
      for (std::ptrdiff_t i = next++; i < count; i = next++) {
        work(worker, i);
        const std::unique_lock<std::mutex> turn(reporting, std::try_to_lock);
        if (turn && done) done(std::min(next.load(), count));
      }
    } catch (...) {
      const std::lock_guard<std::mutex> turn(reporting);
      if (!fault) fault = std::current_exception();
      next = count;
    }
  };
  const auto most = static_cast<int>(std::min<std::ptrdiff_t>(threads, count));
  int working = most;
  std::latch counted(1);  // open when it is known how many threads work
  std::latch begin(1);    // open when all other threads have ended, and left their memory
  std::vector<std::thread> others;
  others.reserve(static_cast<std::size_t>(std::max(most, 1)));
  try {
    for (int k = 1; k < most; ++k)
      others.emplace_back([&, k] {
        counted.wait();
        if (k >= working) return;
        begin.wait();
        run(static_cast<std::size_t>(k));
        mpfr_free_cache2(MPFR_FREE_LOCAL_CACHE);  // MPFR has caches for each thread
      });
  } catch (const std::exception&) {  // no more threads; half of them leave memory to work in
    working = 1 + static_cast<int>(others.size()) / 2;
  }
  counted.count_down();
  while (std::ssize(others) >= working && !others.empty()) {
    others.back().join();
    others.pop_back();
  }
  begin.count_down();
  run(0);
  for (std::thread& one : others) one.join();
  if (fault) std::rethrow_exception(fault);
}

}  // namespace xent::reference
