// SPDX-License-Identifier: MIT
#include "plugin/serve/call.hpp"

#include <cfenv>
#include <ctime>
#include <optional>
#include <string>

#include <fmt/format.h>
#include <sys/resource.h>

#include <xent/environment.hpp>

#include "plugin/canary.hpp"
#include "plugin/serve/call_arguments.hpp"
#include "plugin/serve/thrown.hpp"
#include "plugin/shared_memory.hpp"

namespace xent::plugin {
namespace {

struct Broken {
  Misdeed misdeed;
  std::string text;
};

double now_ns(clockid_t clock) {
  timespec time = {};
  ::clock_gettime(clock, &time);
  return 1e9 * static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec);
}

long preemptions() {
  rusage usage = {};
  return ::getrusage(RUSAGE_SELF, &usage) == 0 ? usage.ru_nivcsw : 0;
}

std::optional<Broken> of_status(xent_status status) {
  if (status == XENT_OK) return std::nullopt;
  if (status == XENT_UNSUPPORTED) return Broken{Misdeed::declined, ""};
  return Broken{Misdeed::status, std::to_string(status)};
}

/// Calls, in the tone of xent_execution: what a C++ plugin throws is caught here.
std::optional<Broken> run(Compute compute, const CallArguments& arguments, std::int64_t times) {
  std::optional<Broken> broken;
  const auto thrown = thrown_by([&] {
    for (std::int64_t k = 0; k < times && !broken; ++k)
      broken = of_status(compute(&arguments.problem, &arguments.results, &arguments.execution));
  });
  return thrown ? Broken{Misdeed::exception, *thrown} : broken;
}

std::optional<Broken> find_changed_canary(const Request& request, const Guarded& memory) {
  for (std::size_t role = 0; role < roles; ++role) {
    const WireTensor& tensor = request.tensors[role];
    if (tensor.axes < 0 || tensor.begin == tensor.end) continue;
    const std::uint64_t first = tensor.begin / page_size() * page_size();
    const std::uint64_t at = changed_canary(memory.base(), first, tensor.begin);
    if (at < tensor.begin)
      return Broken{Misdeed::canary,
                    fmt::format("memory before the start of {}, at byte {} before it",
                                role_names[role], tensor.begin - at)};
  }
  return std::nullopt;
}

std::optional<Broken> find_changed_environment() {
  try {
    validate_environment();
    return std::nullopt;
  } catch (const InvalidProblem& fault) {
    return Broken{Misdeed::environment, fault.what()};
  }
}

std::optional<Broken> find_output(const CapturedOutput& output) {
  const std::string line = output.take();
  return line.empty() ? std::nullopt : std::optional(Broken{Misdeed::output, line});
}

}  // namespace

Reply call(Compute compute, const Request& request, const Guarded& memory,
           const CapturedOutput& output) {
  CallArguments arguments(request, memory.base());
  Reply reply;
  std::fenv_t before = {};
  std::fegetenv(&before);
  std::optional<Broken> broken = run(compute, arguments, request.calls > 1 ? 1 : 0);
  const long preempted = preemptions();
  const double processor = now_ns(CLOCK_THREAD_CPUTIME_ID);
  const double elapsed = now_ns(CLOCK_MONOTONIC);
  if (!broken) broken = run(compute, arguments, request.calls == 0 ? 1 : request.calls);
  reply.elapsed_ns = now_ns(CLOCK_MONOTONIC) - elapsed;
  reply.processor_ns = now_ns(CLOCK_THREAD_CPUTIME_ID) - processor;
  reply.preempted = preemptions() != preempted;
  const std::optional<Broken> environment = find_changed_environment();
  std::fesetenv(&before);
  if (auto found = find_output(output); !broken) broken = std::move(found);
  if (!broken) broken = find_changed_canary(request, memory);
  if (!broken) broken = environment;
  if (broken) {
    reply.misdeed = broken->misdeed;
    put(reply.text, broken->text.c_str());
  }
  return reply;
}

}  // namespace xent::plugin
