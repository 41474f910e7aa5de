// SPDX-License-Identifier: MIT
// Callers at the same time: four threads call every implementation, each with a number of threads
// of OpenMP and an instruction set of its own, and the reference with two workers. Every caller has
// the bits that one alone on that instruction set has, and the thread sanitizer has nothing to say.
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include <xent/implementation.hpp>

#include "reference/evaluate.hpp"

namespace {

using namespace xent;

constexpr int callers = 4;

/// Loss and gradient of a problem, and how they are computed.
template <class T>
class Call {
 public:
  Call(std::ptrdiff_t rows, std::ptrdiff_t classes)
      : rows_(rows), classes_(classes), loss_(1), grad_(static_cast<std::size_t>(rows * classes)) {
    for (std::ptrdiff_t k = 0; k < rows * classes; ++k)
      logits_.push_back(static_cast<T>(static_cast<float>(k * 37 % 101) / 8 - 6));
    for (std::ptrdiff_t i = 0; i < rows; ++i) labels_.push_back(i * 11 % classes);
  }

  Problem<T> problem() const {
    return {.logits = row_major<const T>(logits_.data(), rows_, classes_),
            .targets = Labels<std::int64_t>{labels_.data(), rows_}};
  }
  void run(const Implementation& implementation, const Execution& execution) {
    implementation.contract<T>().kernel(
        problem(), {.loss = {loss_.data(), 1}, .grad = row_major<T>(grad_.data(), rows_, classes_)},
        execution);
  }
  bool is_as(const Call& other) const {
    const auto as_bytes = [](const auto& values) { return std::as_bytes(std::span(values)); };
    return std::ranges::equal(as_bytes(loss_), as_bytes(other.loss_)) &&
           std::ranges::equal(as_bytes(grad_), as_bytes(other.grad_));
  }

 private:
  std::ptrdiff_t rows_, classes_;
  std::vector<T> logits_;
  std::vector<std::int64_t> labels_;
  std::vector<LossOf<T>> loss_;
  std::vector<T> grad_;
};

/// Runs `act(k)` in thread k of the callers, all at once.
template <class Act>
void at_once(Act act) {
  std::vector<std::thread> threads;
  threads.reserve(callers);
  for (int k = 0; k < callers; ++k) threads.emplace_back(act, k);
  for (std::thread& one : threads) one.join();
}

/// How caller k computes: on one to three threads, on one of the machine's instruction sets.
Execution execution_of(int k) {
  const auto names = instruction_sets();
  const std::string& name = names[static_cast<std::size_t>(k) % names.size()];
  return {.threads = 1 + k % 3, .instruction_set = find_instruction_set(name).value()};
}

template <class T>
void check(const Implementation& implementation, std::ptrdiff_t rows, std::ptrdiff_t classes) {
  std::vector<Call<T>> alone(callers, Call<T>(rows, classes));
  for (int k = 0; k < callers; ++k)
    alone[static_cast<std::size_t>(k)].run(implementation,
                                           {.instruction_set = execution_of(k).instruction_set});
  std::vector<Call<T>> calls(callers, Call<T>(rows, classes));
  at_once([&](int k) { calls[static_cast<std::size_t>(k)].run(implementation, execution_of(k)); });
  for (std::size_t k = 0; k < calls.size(); ++k)
    EXPECT_TRUE(calls[k].is_as(alone[k]))
        << std::string(implementation.name) + ": the bits of one alone";
}

TEST(ConcurrentCallers, OfTheReference) {
  const Call<float> call(12, 30);
  const auto evaluated = [&](int threads) {
    reference::EvaluateOptions options;
    options.threads = threads;
    return reference::evaluate(call.problem(), options).loss;
  };
  const std::vector<double> alone = evaluated(1);
  std::vector<std::vector<double>> losses(callers);
  at_once([&](int k) { losses[static_cast<std::size_t>(k)] = evaluated(2); });
  for (const std::vector<double>& loss : losses) EXPECT_EQ(loss, alone) << "the reference's loss";
}

TEST(ConcurrentCallers, OfEachImplementation) {
  for (const Implementation* one : implementations()) {
    check<float>(*one, 4000, 10);
    check<float>(*one, 70, 1000);
    check<float>(*one, 2, 140000);  // the segments of a row
    check<double>(*one, 70, 1000);
    check<f16>(*one, 70, 1000);
  }
}

}  // namespace
