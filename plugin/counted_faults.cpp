// SPDX-License-Identifier: MIT
#include "plugin/counted_faults.hpp"

#include <fmt/format.h>

namespace xent::plugin {

void CountedFaults::refuse_if_set_aside(int kernel) {
  const std::lock_guard lock(mutex_);
  if (const auto found = set_aside_.find(kernel); found != set_aside_.end())
    throw KernelDeclined(found->second);
}

void CountedFaults::report(int kernel, const Fault& fault) {
  const std::lock_guard lock(mutex_);
  const int count = ++counts_[{kernel, fault.kind}];
  if (count >= (fault.kind == "time" || fault.kind == "memory" ? most_delays : most_faults))
    set_aside_[kernel] =
        fmt::format("set aside after {} such faults: the kernel {}", count, fault.text);
  throw KernelFault("the kernel " + fault.text);
}

}  // namespace xent::plugin
