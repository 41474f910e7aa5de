// SPDX-License-Identifier: MIT
// Worker: calls kernels of one plugin in a process of its own, which is started again where a kernel
// has ended it.
#pragma once

#include <array>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <string>

#include <xent/execution.hpp>
#include <xent/remote_kernel.hpp>

#include "plugin/counted_faults.hpp"
#include "plugin/process.hpp"

namespace xent::plugin {

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
  /// Returns the bounds of a row by the function of the kernel of that index, which has one. Throws
  /// as call() does.
  WireBounds bounds_of_row(int kernel, const WireFacts& row);

 private:
  /// A slot that is given back at the end of the scope.
  struct TakenSlot {
    explicit TakenSlot(Worker& from) : worker(from), number(from.take_slot()) {}
    ~TakenSlot() { worker.give_back(number); }
    TakenSlot(const TakenSlot&) = delete;
    TakenSlot& operator=(const TakenSlot&) = delete;
    Worker& worker;
    std::size_t number;
  };

  using Running = std::shared_ptr<Process>;

  Control& control() const { return *reinterpret_cast<Control*>(shared_.data()); }
  /// Returns the process, started again where there is none. Throws KernelFault where it cannot be.
  Running running(int kernel);
  Running start();
  std::size_t take_slot();
  void give_back(std::size_t slot);
  /// Lets the worker serve the request that `prepare` returns, again where another call ended the
  /// process, and returns the reply where nothing was wrong.
  template <class Prepare>
  Reply ask(std::size_t slot, int kernel, double seconds, Prepare prepare);
  /// Ends a process that failed, and returns why; nothing where another caller has ended it.
  bool take_end(const Running& process, Answer answer, double seconds, Fault& fault);

  std::string path_;
  SharedMemory shared_;
  Arenas arenas_;
  Loaded loaded_;
  CountedFaults faults_;
  std::mutex mutex_;  // of what follows
  std::condition_variable freed_;
  std::array<bool, slots> taken_ = {};
  Running process_;
};

}  // namespace xent::plugin
