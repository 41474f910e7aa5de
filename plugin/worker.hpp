// SPDX-License-Identifier: MIT
// Worker: calls kernels of one plugin in a process of its own, which is started again where a kernel
// has ended it.
#pragma once

#include <array>
#include <condition_variable>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <utility>

#include <xent/execution.hpp>
#include <xent/remote_kernel.hpp>

#include "plugin/fault_text.hpp"
#include "plugin/process.hpp"

namespace xent::plugin {

/// A kernel is set aside after so many faults of one kind; after fewer delays, since each costs the
/// whole time limit.
inline constexpr int most_faults = 8;
inline constexpr int most_delays = 2;

class Worker {
 public:
  /// Opens the plugin. Throws FileError where it cannot be opened.
  explicit Worker(std::string path);

  const std::string& path() const { return path_; }
  /// What the plugin's table says.
  const Loaded& loaded() const { return loaded_; }

  /// Computes the problem by the kernel of that index; `calls` as in Request. Throws KernelFault,
  /// and KernelDeclined also where the kernel has been set aside.
  template <class T>
  RemoteTime call(int kernel, std::int64_t calls, const Problem<T>& problem, const Outputs<T>& out,
                  const Execution& execution);

 private:
  using Running = std::shared_ptr<Process>;

  Control& control() const { return *reinterpret_cast<Control*>(shared_.data()); }
  /// Returns the process, started again where there is none. Throws KernelFault where it cannot be.
  Running running(int kernel);
  Running start();
  std::size_t take_slot();
  void give_back(std::size_t slot);
  void refuse_if_set_aside(int kernel);
  [[noreturn]] void report(int kernel, const Fault& fault);
  /// Ends a process that failed, and returns why; nothing where another caller has ended it.
  bool take_end(const Running& process, Answer answer, double seconds, Fault& fault);

  std::string path_;
  SharedMemory shared_;
  Arenas arenas_;
  Loaded loaded_;
  std::mutex mutex_;  // of what follows
  std::condition_variable freed_;
  std::array<bool, slots> taken_ = {};
  Running process_;
  std::map<std::pair<int, std::string>, int> faults_;
  std::map<int, std::string> set_aside_;
};

}  // namespace xent::plugin
