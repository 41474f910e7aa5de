// SPDX-License-Identifier: MIT
// Timer: the calls registered as benchmarks, their runs captured by a reporter that prints nothing.

#include "bench/timer.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <ostream>
#include <streambuf>
#include <string>

#include <benchmark/benchmark.h>

namespace xent::bench {
namespace {

/// Discards what is written to it.
class Nowhere : public std::streambuf {
  int overflow(int c) override { return traits_type::not_eof(c); }
};

/// Keeps the time of one call of every repetition, by the benchmark's name, which is its index.
class Capture : public benchmark::BenchmarkReporter {
 public:
  explicit Capture(std::size_t calls) : ns(calls) {
    SetOutputStream(&nowhere_);
    SetErrorStream(&nowhere_);
  }
  bool ReportContext(const Context&) override { return true; }
  void ReportRuns(const std::vector<Run>& runs) override {
    for (const Run& run : runs)
      if (run.run_type == Run::RT_Iteration)
        ns.at(std::stoul(run.run_name.function_name))
            .push_back(1e9 * run.real_accumulated_time / static_cast<double>(run.iterations));
  }

  std::vector<std::vector<double>> ns;

 private:
  Nowhere buffer_;
  std::ostream nowhere_{&buffer_};
};

/// Google Benchmark takes its settings as a command line only; an environment variable of the same
/// name would otherwise hold.
void initialize() {
  static std::array<std::string, 6> words = {"xent",
                                             "--benchmark_enable_random_interleaving=true",
                                             "--benchmark_report_aggregates_only=false",
                                             "--benchmark_list_tests=false",
                                             "--benchmark_perf_counters=",
                                             "--benchmark_out="};
  std::array<char*, words.size() + 1> argv = {};
  std::transform(words.begin(), words.end(), argv.begin(), [](auto& word) { return word.data(); });
  int argc = static_cast<int>(words.size());
  benchmark::Initialize(&argc, argv.data());
}

Timing summary(std::vector<double> ns) {
  std::sort(ns.begin(), ns.end());
  const std::size_t middle = ns.size() / 2;
  const double median = ns.size() % 2 == 1 ? ns[middle] : (ns[middle - 1] + ns[middle]) / 2;
  return {.ns_min = ns.front(), .ns_median = median};
}

}  // namespace

std::vector<Timing> time_interleaved(std::span<const std::function<void()>> calls, int repetitions,
                                     double min_time) {
  if (calls.empty()) return {};
  initialize();
  for (std::size_t k = 0; k < calls.size(); ++k) {
    auto measure = [&call = calls[k]](benchmark::State& state) {
      for ([[maybe_unused]] auto iteration : state) {
        call();
        benchmark::ClobberMemory();
      }
    };
    benchmark::RegisterBenchmark(std::to_string(k).c_str(), measure)
        ->Repetitions(repetitions)
        ->MinTime(min_time)
        ->UseRealTime();
  }
  Capture capture(calls.size());
  benchmark::RunSpecifiedBenchmarks(&capture, nullptr, ".");
  benchmark::ClearRegisteredBenchmarks();
  std::vector<Timing> timings;
  for (auto& ns : capture.ns) timings.push_back(summary(std::move(ns)));
  return timings;
}

}  // namespace xent::bench
