// SPDX-License-Identifier: MIT
// Timer: the call registered as a benchmark of so many iterations, its run captured by a reporter
// that prints nothing.

#include "bench/timer.hpp"

#include <algorithm>
#include <array>
#include <ostream>
#include <streambuf>
#include <string>
#include <vector>

#include <benchmark/benchmark.h>
#include <sys/resource.h>

#include "machine/upper_halves.hpp"

namespace xent::bench {
namespace {

/// Discards what is written to it.
class Nowhere : public std::streambuf {
  int overflow(int c) override { return traits_type::not_eof(c); }
};

/// Keeps the times of the run, in nanoseconds.
class Capture : public benchmark::BenchmarkReporter {
 public:
  Capture() {
    SetOutputStream(&nowhere_);
    SetErrorStream(&nowhere_);
  }
  bool ReportContext(const Context&) override { return true; }
  void ReportRuns(const std::vector<Run>& runs) override {
    elapsed = 1e9 * runs.front().real_accumulated_time;
    processor = 1e9 * runs.front().cpu_accumulated_time;
  }

  double elapsed = 0;    // on the wall
  double processor = 0;  // of the thread that calls

 private:
  Nowhere buffer_;
  std::ostream nowhere_{&buffer_};
};

/// Google Benchmark takes its settings as a command line only; an environment variable of the same
/// name would otherwise hold.
void initialize() {
  static std::array<std::string, 6> words = {"xent",
                                             "--benchmark_enable_random_interleaving=false",
                                             "--benchmark_report_aggregates_only=false",
                                             "--benchmark_list_tests=false",
                                             "--benchmark_perf_counters=",
                                             "--benchmark_out="};
  std::array<char*, words.size() + 1> argv = {};
  std::transform(words.begin(), words.end(), argv.begin(), [](auto& word) { return word.data(); });
  int argc = static_cast<int>(words.size());
  benchmark::Initialize(&argc, argv.data());
}

/// How often threads of this process have lost their processor to others.
long preemptions() {
  rusage usage = {};
  return ::getrusage(RUSAGE_SELF, &usage) == 0 ? usage.ru_nivcsw : 0;
}

/// Whether the thread was off its processor for more than the clocks' noise.
bool was_away(double elapsed, double processor) {
  constexpr double noise_ns = 2000;
  return elapsed > 1.02 * processor + noise_ns;
}

Sample sample_of(const RemoteCall& call, std::int64_t calls, int threads) {
  const RemoteTime took = call.time(calls);
  const bool alone = threads == 1;
  return {.ns = (alone ? took.processor_ns : took.elapsed_ns) / static_cast<double>(calls),
          .elapsed_ns = took.elapsed_ns,
          .preempted = took.preempted || (alone && was_away(took.elapsed_ns, took.processor_ns))};
}

}  // namespace

Sample sample(const std::function<void()>& call, std::int64_t calls, int threads) {
  static const bool initialized = (initialize(), true);
  (void)initialized;
  if (const auto* remote = call.target<RemoteCall>()) return sample_of(*remote, calls, threads);
  bool preempted = false;
  const auto measure = [&](benchmark::State& state) {
    machine::clear_upper_halves();  // which what was timed before may have left in use
    if (calls > 1) call();
    const long before = preemptions();
    for ([[maybe_unused]] auto iteration : state) {
      call();
      benchmark::ClobberMemory();
    }
    preempted = preemptions() != before;
  };
  benchmark::RegisterBenchmark("call", measure)->Iterations(calls)->UseRealTime();
  Capture run;
  benchmark::RunSpecifiedBenchmarks(&run, nullptr, ".");
  benchmark::ClearRegisteredBenchmarks();
  const bool alone = threads == 1;
  return {.ns = (alone ? run.processor : run.elapsed) / static_cast<double>(calls),
          .elapsed_ns = run.elapsed,
          .preempted = preempted || (alone && was_away(run.elapsed, run.processor))};
}

std::int64_t calls_that_take(const std::function<void()>& call, double seconds, int threads) {
  constexpr double most = 1e9;
  const double wanted = 1e9 * seconds;
  for (double calls = 1;;) {
    const double each = sample(call, static_cast<std::int64_t>(calls), threads).ns;
    const double enough = std::clamp(wanted / std::max(each, 1e-3), 1.0, most);
    if (calls >= enough / 2) return static_cast<std::int64_t>(enough);
    calls = std::min(enough, 16 * calls);  // a short run is a poor guide to a long one
  }
}

}  // namespace xent::bench
