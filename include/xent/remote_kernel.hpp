// SPDX-License-Identifier: MIT
// A remote kernel is one that another process computes: a kernel of a plugin, which may crash, hang
// or write where it should not.
#pragma once

#include <cstdint>
#include <stdexcept>

#include <xent/problem.hpp>

namespace xent {

struct Execution;

/// Thrown by a remote kernel that broke the rules of a kernel, as by a crash. The message is one
/// line that says what it did. The results of that call mean nothing, and other calls may follow.
struct KernelFault : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// Thrown by a remote kernel that says it cannot compute this problem.
struct KernelDeclined : KernelFault {
  using KernelFault::KernelFault;
};

/// The time that calls of a remote kernel took, measured in the process that computes them.
struct RemoteTime {
  double processor_ns = 0;  // of all calls: that which the calling thread had a processor for
  double elapsed_ns = 0;    // of all calls, on the wall's clock
  bool preempted = false;   // some other process had a processor that the calls were using
};

/// A kernel for logits of type T that another process computes. Its functions may be called from
/// several threads at the same time. What one of them throws, besides std::bad_alloc, is a
/// KernelFault.
template <class T>
class RemoteKernel {
 public:
  virtual ~RemoteKernel() = default;
  /// Computes as Kernel<T> says.
  virtual void compute(const Problem<T>& problem, const Outputs<T>& out,
                       const Execution& execution) const = 0;
  /// Computes the same `calls` times, after once that is not timed where `calls` is more than 1.
  virtual RemoteTime time(const Problem<T>& problem, const Outputs<T>& out,
                          const Execution& execution, std::int64_t calls) const = 0;

 protected:
  RemoteKernel() = default;
  RemoteKernel(const RemoteKernel&) = default;
  RemoteKernel& operator=(const RemoteKernel&) = default;
};

}  // namespace xent
