// SPDX-License-Identifier: MIT
// Two callers do not meet: while another thread computes another problem,
//
//   L(x), g(x)
//
// are the bits that a call alone gives. Both calls begin at the same moment, several times. A
// kernel that keeps something between its calls, or lets them share it, fails, as far as the calls
// overlap. To bring a problem to another process takes longer than most calls, so a remote kernel
// is called many times in a row there, and the last results are compared.

#include <atomic>
#include <cstdint>
#include <exception>
#include <thread>

#include "properties/judging/comparison.hpp"

namespace xent::properties::law_list {
namespace {

constexpr int rounds = 8;

/// Returns how often a remote kernel is called in a row: for a third of a millisecond, about.
template <class T>
std::int64_t calls_in_a_row(const Problem<T>& problem) {
  constexpr std::ptrdiff_t logits = 1 << 15;
  return 1 + logits / (1 + problem.logits.rows * problem.logits.cols);
}

/// One of two threads that compute at the same time.
template <class T>
class Caller {
 public:
  Caller(const Contract<T>& contract, const Problem<T>& problem)
      : contract_(contract), problem_(problem), alone_(compute(contract, problem)) {}

  /// Computes as often as the other, each time when both are ready.
  void run(std::atomic<int>& ready) noexcept {
    for (int round = 1; round <= rounds; ++round) {
      ++ready;
      while (ready.load() < 2 * round) std::this_thread::yield();
      if (differs_ || thrown_ != nullptr) continue;  // the other counts on this one
      try {
        differs_ = differ_in_bits(again(), alone_).has_value();
      } catch (...) {
        thrown_ = std::current_exception();
      }
    }
  }

  bool differs() const {
    if (thrown_ != nullptr) std::rethrow_exception(thrown_);
    return differs_;
  }

 private:
  Evaluation<T> again() const {
    const RemoteKernel<T>* const remote = contract_.kernel.remote();
    if (remote == nullptr) return compute(contract_, problem_);
    Evaluation<T> last = alone_;
    remote->time(problem_, last.outputs(), contract_.kernel.execution(), calls_in_a_row(problem_));
    return last;
  }

  const Contract<T>& contract_;
  Problem<T> problem_;
  Evaluation<T> alone_;
  bool differs_ = false;
  std::exception_ptr thrown_;
};

template <class T>
std::optional<Violation> check(const Contract<T>& contract, const cases::Case<T>& given) {
  cases::Recipe recipe = given.recipe;
  recipe.seed += 1;
  const cases::Case<T> other = cases::make_case<T>(recipe);
  Caller<T> first(contract, given.problem());
  Caller<T> second(contract, other.problem());
  std::atomic<int> ready = 0;
  std::thread thread([&] { second.run(ready); });
  first.run(ready);
  thread.join();
  if (!first.differs() && !second.differs()) return std::nullopt;
  return Violation{.got = "other bits while another thread computed",
                   .expected = "those of a call alone"};
}

}  // namespace

extern const Law two_callers{
    .name = "two_callers",
    .statement = "L and g are the same bits while another thread computes another problem",
    .source = "an implementation is a function of its problem",
    .scope = {.special = true},
    .checks = of_case([](auto& contract, auto& given) { return check(contract, given); }),
};

}  // namespace xent::properties::law_list
