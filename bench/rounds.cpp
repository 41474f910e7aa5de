// SPDX-License-Identifier: MIT
// Rounds: an order for each, samples with retakes, and who is left out.

#include "bench/rounds.hpp"

#include <algorithm>
#include <iterator>
#include <numeric>
#include <random>

#include <xent/records/sample_statistics.hpp>

namespace xent::bench {
namespace {

constexpr int most_retakes = 4;

/// Takes samples, and again what was preempted while there is time.
class Taker {
 public:
  Taker(const TakeSample& take, bool crowded) : take_(take), crowded_(crowded) {}

  Sample operator()(std::size_t call, std::int64_t calls) {
    Sample best = take_(call, calls);
    first_ns_ += best.elapsed_ns;
    for (int k = 0; k < most_retakes && !crowded_ && best.preempted && again_ns_ < first_ns_; ++k) {
      const Sample other = take_(call, calls);
      again_ns_ += other.elapsed_ns;
      if (!other.preempted || other.ns < best.ns) best = other;
    }
    if (crowded_) best.preempted = false;
    return best;
  }

 private:
  const TakeSample& take_;
  bool crowded_;
  double first_ns_ = 0, again_ns_ = 0;
};

/// Leaves out of `running` who has lost the race after so many rounds.
void leave_out(const std::vector<Series>& all, std::size_t racing, int rounds,
               std::vector<std::size_t>& running) {
  const double margin = rounds == 1 ? 8 : rounds == 2 ? 4 : 2;
  const auto middle = [&](std::size_t k) { return median(all[k].ns); };
  const auto races = [&](std::size_t k) { return k < racing; };
  std::vector<std::size_t> racers;
  std::copy_if(running.begin(), running.end(), std::back_inserter(racers), races);
  if (racers.empty()) return;
  const std::size_t first = *std::min_element(
      racers.begin(), racers.end(), [&](auto a, auto b) { return middle(a) < middle(b); });
  std::erase_if(running, [&](std::size_t k) {
    if (!races(k)) return false;
    const std::vector<double> behind = ratios(all[k].ns, all[first].ns);
    return *std::min_element(behind.begin(), behind.end()) > margin;
  });
}

/// Returns what f returns, and names the call where it fails.
template <class F>
auto naming_call(std::size_t call, F f) {
  try {
    return f();
  } catch (const KernelFault& fault) {
    throw FailedCall(call, fault.what());
  }
}

}  // namespace

std::vector<Series> time_rounds(const TakeSample& take, std::span<const std::int64_t> often,
                                const Rounds& rounds) {
  std::vector<Series> all(often.size());
  std::vector<std::size_t> running(often.size());
  std::iota(running.begin(), running.end(), std::size_t{0});
  std::minstd_rand random;  // any order will do: the same each time
  Taker taker(take, rounds.crowded);
  for (int round = 1; round <= rounds.count; ++round) {
    std::shuffle(running.begin(), running.end(), random);
    for (const std::size_t k : running) {
      if (rounds.stop_if_asked) rounds.stop_if_asked();
      const Sample taken = taker(k, often[k]);
      all[k].ns.push_back(taken.ns);
      all[k].preempted += taken.preempted ? 1 : 0;
    }
    leave_out(all, rounds.racing, round, running);
  }
  return all;
}

std::vector<Series> time_rounds(std::span<const std::function<void()>> calls,
                                const Rounds& rounds) {
  std::vector<std::int64_t> often;
  for (std::size_t k = 0; k < calls.size(); ++k) {
    if (rounds.stop_if_asked) rounds.stop_if_asked();
    often.push_back(
        naming_call(k, [&] { return calls_that_take(calls[k], rounds.seconds, rounds.threads); }));
  }
  const auto take = [&](std::size_t k, std::int64_t times) {
    return naming_call(k, [&] { return sample(calls[k], times, rounds.threads); });
  };
  return time_rounds(take, often, rounds);
}

}  // namespace xent::bench
