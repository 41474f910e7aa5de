// SPDX-License-Identifier: MIT
// The threads of a parallel region: how many there can be, and the floating-point environment that
// they compute in.
#pragma once

#include <cfenv>

#include <omp.h>

namespace xent::impl {

/// Returns how many threads a parallel region of the calling thread may have: `wanted`, at most
/// 1024; fewer where the system gives no more; 1 in a process that was forked after a region, whose
/// workers exist in its parent alone. OpenMP itself would end the process where it cannot make a
/// thread, and wait for ever for workers that do not exist: so ask here before a region begins.
int team_size(int wanted) noexcept;

/// Holds the floating-point environment of the thread that calls a kernel, which validate() has
/// tested. OpenMP's workers live on between regions, and would keep the environment of the moment
/// when they were made.
class CallersEnvironment {
 public:
  CallersEnvironment() noexcept { (void)std::fegetenv(&environment_); }

  /// Gives a worker of the region the caller's environment for as long as this lives, and then its
  /// own again. The environment of the caller itself, which is thread 0 of the region, is not
  /// touched.
  class InWorker {
   public:
    explicit InWorker(const CallersEnvironment& callers) noexcept {
      if (is_caller_) return;
      (void)std::fegetenv(&own_);
      (void)std::fesetenv(&callers.environment_);
    }
    InWorker(const InWorker&) = delete;
    InWorker& operator=(const InWorker&) = delete;
    ~InWorker() {
      if (!is_caller_) (void)std::fesetenv(&own_);
    }

   private:
    bool is_caller_ = omp_get_thread_num() == 0;
    std::fenv_t own_{};
  };

 private:
  std::fenv_t environment_{};
};

}  // namespace xent::impl
