// SPDX-License-Identifier: MIT
// No implementation touches memory before or behind its arrays: logits, probabilities and gradients
// between pages that may not be read, at the one end or at the other, on every instruction set.
// Sanitizers do not see masked loads and stores.
#include <csignal>
#include <cstdint>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <xent/implementation.hpp>

#include "properties/dispatch.hpp"
#include "tests/support/guarded_array.hpp"

namespace {

using namespace xent;

using tests::End;
using tests::GuardedArray;

std::string current;  // what the handler reports

extern "C" void report_fault(int) {
  constexpr char text[] = ": memory beside an array is touched\n";
  const bool is_told = ::write(STDERR_FILENO, current.data(), current.size()) > 0 &&
                       ::write(STDERR_FILENO, text, sizeof text - 1) > 0;
  ::_exit(is_told ? 1 : 2);
}

template <class T>
void check(const Implementation& implementation, std::ptrdiff_t classes, End end,
           const std::string& target) {
  constexpr std::ptrdiff_t rows = 3;
  const std::ptrdiff_t n = rows * classes;
  current = fmt::format("{} {} on {}, {} classes, {}", implementation.name, to_string(dtype_of<T>),
                        target, classes, end == End::front ? "front" : "back");
  const GuardedArray<T> x(n, end);
  const GuardedArray<T> q(n, end);
  const GuardedArray<T> g(n, end);
  for (std::ptrdiff_t j = 0; j < n; ++j) {
    x.data()[j] = static_cast<T>(static_cast<float>(j % 13) / 4);
    q.data()[j] = static_cast<T>(static_cast<float>(j % 3) / 4);
  }
  const std::vector<std::int64_t> labels(rows, classes - 1);
  const auto logits = row_major<const T>(x.data(), rows, classes);
  std::vector<LossOf<T>> loss(rows);
  const Outputs<T> out{.loss = {loss.data(), rows}, .grad = row_major<T>(g.data(), rows, classes)};
  const Options options{.reduction = Reduction::none};
  const auto& kernel = implementation.contract<T>().kernel;
  const Problem<T> hard{
      .logits = logits, .targets = Labels<std::int64_t>{labels.data(), rows}, .options = options};
  kernel(hard, {.loss = out.loss});
  kernel(hard, out);
  const Probs<T> probs = row_major<const T>(q.data(), rows, classes);
  kernel({.logits = logits, .targets = probs, .options = options}, out);
  for (const T component : g.elements())
    if (!(static_cast<float>(component) <= 1)) ADD_FAILURE() << current + ": a gradient";
}

void check_all(const Implementation& implementation, const std::string& target) {
  for (const std::ptrdiff_t classes :
       {1, 2, 3, 7, 10, 16, 17, 64, 65, 100, 161, 257, 385, 513, 1000, 1027, 4099})
    for (const End end : {End::front, End::back}) {
      check<float>(implementation, classes, end, target);
      check<double>(implementation, classes, end, target);
      check<bf16>(implementation, classes, end, target);
      check<f16>(implementation, classes, end, target);
    }
}

TEST(GuardedMemory, NothingOutsideIsTouched) {
  std::signal(SIGSEGV, report_fault);
  for (const std::string& target : instruction_sets()) {
    for (const Implementation* one : implementations())
      if (one->dispatched || target == instruction_sets().front())
        check_all(properties::on_instruction_set(*one, target), target);
  }
}

}  // namespace
