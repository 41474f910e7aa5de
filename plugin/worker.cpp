// SPDX-License-Identifier: MIT
#include "plugin/worker.hpp"

#include <algorithm>
#include <chrono>

#include <fmt/format.h>

#include "plugin/request.hpp"
#include "system/output_file.hpp"

namespace xent::plugin {
namespace {

using Seconds = std::chrono::duration<double>;

constexpr double seconds_to_load = 30;

/// Returns the seconds that a call may take: ten, and a tenth of a microsecond for each logit.
template <class T>
double time_limit(const Problem<T>& problem, std::int64_t calls) {
  const double logits =
      static_cast<double>(problem.logits.rows) * static_cast<double>(problem.logits.cols);
  return (10 + 1e-7 * logits) * (calls > 1 ? 2 : 1);
}

std::chrono::nanoseconds nanoseconds(double seconds) {
  return std::chrono::duration_cast<std::chrono::nanoseconds>(Seconds(seconds));
}

}  // namespace

Worker::Worker(std::string path) : path_(std::move(path)), shared_("xent-plugin-control") {
  shared_.grow(sizeof(Control));
  for (auto& arena : arenas_) {
    arena = std::make_unique<SharedMemory>("xent-plugin-tensors");
    arena->grow(std::size_t{1} << 20U);
  }
  process_ = start();
  loaded_ = control().loaded;
}

Worker::Running Worker::start() {
  control().loaded = {};
  control().crash = {};
  auto process = std::make_shared<Process>(path_, shared_, arenas_);
  const Answer answer = process->wait(0, nanoseconds(seconds_to_load));
  if (answer == Answer::replied) {
    if (const char* why = control().loaded.fault.data(); *why != '\0') throw FileError(path_, why);
    return process;
  }
  Fault fault;
  if (answer == Answer::late)
    fault = fault_of_delay(control(), seconds_to_load, process->data_bytes());
  const int status = process->end();
  if (answer == Answer::ended) fault = fault_of_end(control(), status);
  throw FileError(path_, "while it was loaded, it " + fault.text);
}

Worker::Running Worker::running(int kernel) {
  std::string fault;
  {
    const std::lock_guard lock(mutex_);
    try {
      if (!process_) process_ = start();
      return process_;
    } catch (const FileError& error) {
      fault = error.what();
    }
  }
  report(kernel, {"load", fmt::format("could not be started again: {}", fault)});
}

std::size_t Worker::take_slot() {
  std::unique_lock lock(mutex_);
  const auto free = [&] { return std::find(taken_.begin(), taken_.end(), false); };
  freed_.wait(lock, [&] { return free() != taken_.end(); });
  auto* const slot = free();
  *slot = true;
  return static_cast<std::size_t>(slot - taken_.begin());
}

void Worker::give_back(std::size_t slot) {
  const std::lock_guard lock(mutex_);
  taken_[slot] = false;
  freed_.notify_one();
}

void Worker::refuse_if_set_aside(int kernel) {
  const std::lock_guard lock(mutex_);
  if (const auto found = set_aside_.find(kernel); found != set_aside_.end())
    throw KernelDeclined(found->second);
}

void Worker::report(int kernel, const Fault& fault) {
  const std::lock_guard lock(mutex_);
  const int count = ++faults_[{kernel, fault.kind}];
  if (count >= (fault.kind == "time" || fault.kind == "memory" ? most_delays : most_faults))
    set_aside_[kernel] =
        fmt::format("set aside after {} such faults: the kernel {}", count, fault.text);
  throw KernelFault("the kernel " + fault.text);
}

bool Worker::take_end(const Running& process, Answer answer, double seconds, Fault& fault) {
  const std::lock_guard lock(mutex_);
  if (process_ != process) return false;
  if (answer == Answer::late) fault = fault_of_delay(control(), seconds, process->data_bytes());
  const int status = process->end();
  if (answer == Answer::ended) fault = fault_of_end(control(), status);
  process_ = nullptr;
  return true;
}

template <class T>
RemoteTime Worker::call(int kernel, std::int64_t calls, const Problem<T>& problem,
                        const Outputs<T>& out, const Execution& execution) {
  refuse_if_set_aside(kernel);
  const std::size_t slot = take_slot();
  const std::shared_ptr<void> giving_back(nullptr, [&](void*) { give_back(slot); });
  const double seconds = time_limit(problem, calls);
  Request request{.kernel = kernel, .calls = calls};  // the shared one a kernel may write to
  for (;;) {
    const Running process = running(kernel);
    make_request(problem, out, execution, request, *arenas_[slot]);
    control().slot[slot].request = request;
    process->ask(slot);
    const Answer answer = process->wait(slot, nanoseconds(seconds));
    if (answer == Answer::replied) break;
    if (Fault fault; take_end(process, answer, seconds, fault)) report(kernel, fault);
    // Else the call of another slot has ended the process.
  }
  Reply reply = control().slot[slot].reply;
  reply.text.back() = '\0';
  if (reply.misdeed == Misdeed::declined) throw KernelDeclined("the kernel declines this problem");
  if (reply.misdeed != Misdeed::none) report(kernel, fault_of(reply));
  take_outputs(out, request, *arenas_[slot]);
  return {.processor_ns = reply.processor_ns,
          .elapsed_ns = reply.elapsed_ns,
          .preempted = reply.preempted};
}

#define XENT_INSTANTIATE(T)                                                                 \
  template RemoteTime Worker::call(int, std::int64_t, const Problem<T>&, const Outputs<T>&, \
                                   const Execution&);
XENT_EACH_TYPE(XENT_INSTANTIATE)
#undef XENT_INSTANTIATE

}  // namespace xent::plugin
