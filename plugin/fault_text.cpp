// SPDX-License-Identifier: MIT
#include "plugin/fault_text.hpp"

#include <csignal>
#include <optional>
#include <string_view>

#include <fmt/format.h>
#include <sys/wait.h>

#include "plugin/shared_memory.hpp"

namespace xent::plugin {
namespace {

constexpr double gibibyte = 1 << 30;

/// Tells whether so little memory is left that a plugin could not get what it asked for.
bool is_exhausted(const Control& control, std::uint64_t data_bytes) {
  constexpr std::uint64_t near = std::uint64_t{64} << 20U;
  return control.memory_limit != 0 && data_bytes + near > control.memory_limit;
}

Fault out_of_memory(const Control& control, std::string_view end) {
  return {"memory", fmt::format("took all the memory that there is for it ({:.1f} GiB), and {}",
                                static_cast<double>(control.memory_limit) / gibibyte, end)};
}

std::string_view name_of(int signal) {
  switch (signal) {
    case SIGSEGV: return "SIGSEGV";
    case SIGBUS: return "SIGBUS";
    case SIGILL: return "SIGILL, an instruction that this machine does not have";
    case SIGFPE: return "SIGFPE";
    case SIGABRT: return "SIGABRT, as abort() and a C++ exception that nobody catches do";
    case SIGKILL: return "SIGKILL";
    default: return "";
  }
}

/// "wrote 4 bytes past the end of grad", or nothing where the address is near no tensor.
std::optional<Fault> beside_tensor(const Slot& slot, const Crash& crash) {
  const std::uint64_t base = slot.arena_base;
  if (base == 0 || crash.address < base || crash.address >= base + slot.request.arena_size)
    return std::nullopt;
  const std::uint64_t at = crash.address - base;
  const char* const deed = crash.writing == 0 ? "read" : crash.writing == 1 ? "wrote" : "touched";
  for (std::size_t role = 0; role < roles; ++role) {
    const WireTensor& tensor = slot.request.tensors[role];
    if (tensor.axes < 0) continue;
    const char* const name = role_names[role];
    if (tensor.end <= at && at < tensor.end + page_size())
      return Fault{"end", fmt::format("{} memory past the end of {}, at byte {} behind its last",
                                      deed, name, at - tensor.end + 1)};
    if (tensor.begin <= at && at < tensor.end)
      return Fault{"input",
                   fmt::format("wrote to its input {}, at byte {}", name, at - tensor.begin)};
    if (tensor.begin / page_size() * page_size() <= at + page_size() && at < tensor.begin)
      return Fault{"start", fmt::format("{} memory before the start of {}, at byte {} before it",
                                        deed, name, tensor.begin - at)};
  }
  return std::nullopt;
}

Fault fault_of_signal(const Control& control) {
  const Crash& crash = control.crash;
  if (crash.signal == SIGSEGV || crash.signal == SIGBUS) {
    for (const Slot& slot : control.slot)
      if (auto fault = beside_tensor(slot, crash)) return *fault;
  }
  const std::string_view name = name_of(crash.signal);
  if (is_exhausted(control, crash.data_bytes))
    return out_of_memory(control, fmt::format("was ended by {}", name.substr(0, name.find(','))));
  const bool placed = crash.signal != SIGABRT;
  return {std::string(name.substr(0, name.find(','))),
          fmt::format("was ended by {}{}", name,
                      placed ? fmt::format(", at address {:#x}", crash.address) : "")};
}

}  // namespace

Fault fault_of_end(const Control& control, int status) {
  if (control.crash.signal != 0) return fault_of_signal(control);
  if (WIFEXITED(status))
    return {"exit", fmt::format("ended its process by exit({})", WEXITSTATUS(status))};
  return {"signal",
          fmt::format("was ended by signal {} {}", WTERMSIG(status), name_of(WTERMSIG(status)))};
}

Fault fault_of_delay(const Control& control, double seconds, std::uint64_t data_bytes) {
  const std::string text = fmt::format("did not return in {:.3g} seconds", seconds);
  if (is_exhausted(control, data_bytes)) return out_of_memory(control, text);
  return {"time", text};
}

Fault fault_of(const Reply& reply) {
  const std::string_view said = reply.text.data();
  switch (reply.misdeed) {
    case Misdeed::status:
      return {"status", fmt::format("returned the status {} for a problem that it takes", said)};
    case Misdeed::exception: return {"exception", fmt::format("threw a C++ exception: {}", said)};
    case Misdeed::canary: return {"start", fmt::format("wrote {}", said)};
    case Misdeed::environment:
      return {"environment", fmt::format("changed the floating-point environment: {}", said)};
    case Misdeed::output:
      return {"output", fmt::format("wrote to standard output or standard error: {}", said)};
    case Misdeed::none:
    case Misdeed::declined: break;
  }
  return {};
}

}  // namespace xent::plugin
