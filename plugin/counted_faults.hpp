// SPDX-License-Identifier: MIT
// Counts the faults of the kernels of one plugin, and sets aside those that have too many.
#pragma once

#include <map>
#include <mutex>
#include <string>
#include <utility>

#include <xent/remote_kernel.hpp>

#include "plugin/fault_text.hpp"

namespace xent::plugin {

/// A kernel is set aside after so many faults of one kind; after fewer delays, since each costs the
/// whole time limit.
inline constexpr int most_faults = 8;
inline constexpr int most_delays = 2;

/// Its functions may be called from several threads at the same time.
class CountedFaults {
 public:
  /// Throws KernelDeclined where the kernel has been set aside.
  void refuse_if_set_aside(int kernel);
  /// Counts the fault and throws it as KernelFault.
  [[noreturn]] void report(int kernel, const Fault& fault);

 private:
  std::mutex mutex_;
  std::map<std::pair<int, std::string>, int> counts_;  // of a kernel and a kind of fault
  std::map<int, std::string> set_aside_;               // why
};

}  // namespace xent::plugin
