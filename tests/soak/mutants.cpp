// SPDX-License-Identifier: MIT
// The mutants of the soak: the sound implementation of tests/mutants/mutants.cpp, spoiled.
#include "tests/soak/mutants.hpp"

#include <array>
#include <limits>

#include "tests/mutants/mutants.hpp"
#include "tests/soak/mistakes.hpp"

namespace xent::soak {
namespace {

const std::thread::id first_thread = std::this_thread::get_id();

/// The results of all rows, whatever the targets.
template <class T, Mistake mistake>
void spoil_all(const Problem<T>& problem, const Outputs<T>& out) {
  const auto each = [&](auto change) {
    for (std::ptrdiff_t i = 0; i < out.loss.size; ++i) out.loss[i] = change(out.loss[i]);
    for (std::ptrdiff_t i = 0; out.grad.data != nullptr && i < out.grad.rows; ++i)
      for (std::ptrdiff_t j = 0; j < out.grad.cols; ++j) out.grad(i, j) = change(out.grad(i, j));
  };
  if (mistake == Mistake::flushed_in_workers && std::this_thread::get_id() != first_thread)
    each([](auto x) { return is_subnormal(x) ? decltype(x){0} : x; });
  if (mistake == Mistake::place && reinterpret_cast<std::uintptr_t>(problem.logits.data) % 16 != 0)
    each([](auto x) { return std::isfinite(x) ? static_cast<decltype(x)>(x * 2) : x; });
}

/// Signs of the components that are small beside the weights, where these are of both signs.
template <class T>
void turn_signs(const Problem<T>& problem, const Outputs<T>& out) {
  long double sum = 0;
  long double size = 0;
  for (std::ptrdiff_t j = 0; j < problem.weight.size; ++j) {
    const auto w = static_cast<long double>(problem.weight[j]);
    sum += w;
    size += std::fabs(w);
  }
  if (!(std::fabs(sum) < size / 4)) return;
  for (std::ptrdiff_t i = 0; out.grad.data != nullptr && i < out.grad.rows; ++i)
    for (std::ptrdiff_t j = 0; j < out.grad.cols; ++j)
      if (std::fabs(static_cast<long double>(out.grad(i, j))) < size * 0x1p-12L)
        out.grad(i, j) = static_cast<T>(-out.grad(i, j));
}

template <class T, Mistake mistake>
void kernel(const Problem<T>& problem, const Outputs<T>& out, const Execution&) noexcept {
  tests::sound_implementation().contract<T>().kernel(problem, out);
  if (mistake == Mistake::cancelled_sign) return turn_signs(problem, out);
  if (mistake == Mistake::flushed_in_workers || mistake == Mistake::place)
    return spoil_all<T, mistake>(problem, out);
  const bool reduced = problem.options.reduction != Reduction::none;
  for (std::ptrdiff_t i = 0; i < problem.logits.rows; ++i) {
    const auto loss = spoiled<T, mistake>(problem, i, reduced ? LossOf<T>{1} : out.loss[i]);
    if (!reduced)
      out.loss[i] = loss;
    else if (!std::isfinite(loss))
      out.loss[0] = loss;
  }
}

template <class T, Mistake mistake>
Contract<T> contract() {
  Contract<T> made = tests::sound_implementation().contract<T>();
  made.kernel = kernel<T, mistake>;
  made.domain.max_classes = 130;  // a gradient of the sound one takes C^2 operations
  // The bound of a mean's gradient has a factor 1 / sum of the weights, which has to be a double.
  made.domain.min_weight = std::numeric_limits<double>::min();
  return made;
}

template <Mistake mistake>
Mutant mutant(std::string_view text) {
  return {.mistake = text,
          .implementation = {.name = "mutant",
                             .summary = text,
                             .source = "tests/soak/mistakes.hpp",
                             .f32 = contract<float, mistake>(),
                             .f64 = contract<double, mistake>(),
                             .bf16 = contract<bf16, mistake>(),
                             .f16 = contract<f16, mistake>()},
          .wrong = mistake != Mistake::none};
}

}  // namespace

std::span<const Mutant> mutants() {
  using enum Mistake;
  static const std::array all = {
      mutant<none>("no mistake"),
      mutant<other_unit>("a weight above 2^32 in the unit of another kind of row"),
      mutant<product_overflows>("w d overflows before l is added"),
      mutant<sum_overflows>("the terms of one sign overflow"),
      mutant<infinite_underflow>("an infinite weight times a loss that underflowed"),
      mutant<flushed_in_workers>("subnormal results flushed in workers"),
      mutant<short_long_double>("an extended type of the precision of the results"),
      mutant<place>("other results where rows begin elsewhere"),
      mutant<cancelled_sign>("a sign turned where weights cancel"),
  };
  return all;
}

}  // namespace xent::soak
