// SPDX-License-Identifier: MIT
#include "plugin/worker.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "plugin/request.hpp"
#include "system/output_file.hpp"

namespace xent::plugin {
namespace {

constexpr double seconds_to_load = 30;
constexpr double seconds_to_call = 10;

/// Returns the seconds that a call may take: ten, and a tenth of a microsecond for each logit.
template <class T>
double time_limit(const Problem<T>& problem, std::int64_t calls) {
  const double logits =
      static_cast<double>(problem.logits.rows) * static_cast<double>(problem.logits.cols);
  return (seconds_to_call + 1e-7 * logits) * (calls > 1 ? 2 : 1);
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
  const Answer answer = process->wait(0, seconds_to_load);
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
  faults_.report(kernel, {"load", fmt::format("could not be started again: {}", fault)});
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

bool Worker::take_end(const Running& process, Answer answer, double seconds, Fault& fault) {
  const std::lock_guard lock(mutex_);
  if (process_ != process) return false;
  if (answer == Answer::late) fault = fault_of_delay(control(), seconds, process->data_bytes());
  const int status = process->end();
  if (answer == Answer::ended) fault = fault_of_end(control(), status);
  process_ = nullptr;
  return true;
}

template <class Prepare>
Reply Worker::ask(std::size_t slot, int kernel, double seconds, Prepare prepare) {
  for (;;) {
    const Running process = running(kernel);
    control().slot[slot].request = prepare();
    process->ask(slot);
    const Answer answer = process->wait(slot, seconds);
    if (answer == Answer::replied) break;
    if (Fault fault; take_end(process, answer, seconds, fault)) faults_.report(kernel, fault);
    // Else the call of another slot has ended the process.
  }
  Reply reply = control().slot[slot].reply;
  reply.text.back() = '\0';
  if (reply.misdeed == Misdeed::declined) throw KernelDeclined("the kernel declines this problem");
  if (reply.misdeed != Misdeed::none) faults_.report(kernel, fault_of(reply));
  return reply;
}

template <class T>
RemoteTime Worker::call(int kernel, std::int64_t calls, const Problem<T>& problem,
                        const Outputs<T>& out, const Execution& execution) {
  faults_.refuse_if_set_aside(kernel);
  const TakenSlot slot(*this);
  Request request{.kernel = kernel,
                  .calls = calls};  // not the shared one, which a kernel may change
  const Reply reply = ask(slot.number, kernel, time_limit(problem, calls), [&]() -> const Request& {
    make_request(problem, out, execution, request, *arenas_[slot.number]);
    return request;
  });
  take_outputs(out, request, *arenas_[slot.number]);
  return {.processor_ns = reply.processor_ns,
          .elapsed_ns = reply.elapsed_ns,
          .preempted = reply.preempted};
}

WireBounds Worker::bounds_of_row(int kernel, const WireFacts& row) {
  faults_.refuse_if_set_aside(kernel);
  const TakenSlot slot(*this);
  const Request request{.kernel = kernel, .asks_bounds = true, .row = row};
  const WireBounds bounds =
      ask(slot.number, kernel, seconds_to_call, [&] { return request; }).bounds;
  for (const WireBound& bound : bounds)
    for (const double part : bound)
      if (!(part >= 0))
        faults_.report(kernel, {"bound", fmt::format("states a bound of {} for a row of {} classes",
                                                     part, row.classes)});
  return bounds;
}

#define XENT_INSTANTIATE(T)                                                                 \
  template RemoteTime Worker::call(int, std::int64_t, const Problem<T>&, const Outputs<T>&, \
                                   const Execution&);
XENT_EACH_TYPE(XENT_INSTANTIATE)
#undef XENT_INSTANTIATE

}  // namespace xent::plugin
