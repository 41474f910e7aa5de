// SPDX-License-Identifier: MIT
// What a call of the C interface costs beside the call of its kernel: 1 x 10 logits of f32 against a
// label. Samples of the ways alternate, so that what the machine does meets all of them.
//
//   cmake --build --preset release --target call_cost && build/release/library/call_cost [ROUNDS]

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <vector>

#include <xent.h>

#include <xent/implementation.hpp>

namespace {

constexpr int calls = 2000;  // of a sample

/// The problem and its results, as both interfaces take them.
struct Work {
  std::array<float, 10> logits{0.5F, -1, 2, 0, 3, -0.25F, 1, 1.5F, -2, 0.125F};
  std::int64_t label = 4;
  float loss = 0;
  std::array<float, 10> grad{};
  std::array<std::int64_t, 2> shape{1, 10};
  std::array<std::int64_t, 2> strides{10, 1};
  std::array<std::int64_t, 1> of_rows{1};

  DLTensor tensor(void* data, int axes, DLDataType type) {
    return {.data = data,
            .device = {kDLCPU, 0},
            .ndim = axes,
            .dtype = type,
            .shape = axes == 2 ? shape.data() : of_rows.data(),
            .strides = axes == 2 ? strides.data() : nullptr,
            .byte_offset = 0};
  }
  DLTensor x = tensor(logits.data(), 2, {kDLFloat, 32, 1});
  DLTensor y = tensor(&label, 1, {kDLInt, 64, 1});
  DLTensor l = tensor(&loss, 1, {kDLFloat, 32, 1});
  DLTensor g = tensor(grad.data(), 2, {kDLFloat, 32, 1});

  xent_problem problem() {
    xent_problem p{};
    p.size = sizeof p;
    p.logits = &x;
    p.labels = &y;
    return p;
  }
  xent_results results(bool with_gradient) {
    return {.size = sizeof(xent_results),
            .loss = &l,
            .grad = with_gradient ? &g : nullptr,
            .lse = nullptr};
  }
};

/// Returns nanoseconds a call.
template <class Call>
double sample(const Call& call) {
  const auto begin = std::chrono::steady_clock::now();
  for (int k = 0; k < calls; ++k) call();
  const std::chrono::duration<double, std::nano> taken = std::chrono::steady_clock::now() - begin;
  return taken.count() / calls;
}

double median(std::vector<double>& of) {
  const auto middle = of.begin() + std::ssize(of) / 2;
  std::nth_element(of.begin(), middle, of.end());
  return *middle;
}

void require(xent_status status) {
  if (status != XENT_OK) std::abort();
}

void measure(const char* name, bool with_gradient, int rounds) {
  Work work;
  const xent::Implementation& one = *xent::find_implementation(name);
  const xent_implementation* const handle = xent_find(name);
  const xent::Problem<float> problem{
      .logits = xent::row_major<const float>(work.logits.data(), 1, 10),
      .targets = xent::Labels<std::int64_t>{&work.label, 1}};
  xent::Outputs<float> out{.loss = {&work.loss, 1}};
  if (with_gradient) out.grad = xent::row_major(work.grad.data(), 1, 10);
  const xent_problem given = work.problem();
  const xent_results results = work.results(with_gradient);
  std::vector<double> kernel, resolved, by_name, more, more_by_name;
  for (int k = 0; k < rounds; ++k) {
    kernel.push_back(sample([&] { one.f32.kernel(problem, out); }));
    resolved.push_back(
        sample([&] { require(xent_compute(handle, &given, &results, nullptr, nullptr)); }));
    by_name.push_back(
        sample([&] { require(xent_compute_by(name, &given, &results, nullptr, nullptr)); }));
    more.push_back(resolved.back() - kernel.back());
    more_by_name.push_back(by_name.back() - kernel.back());
  }
  std::printf(
      "%-12s %-13s kernel %6.1f ns, xent_compute %6.1f (+ %.1f), xent_compute_by %6.1f (+ %.1f)\n",
      name, with_gradient ? "with gradient" : "loss", median(kernel), median(resolved),
      median(more), median(by_name), median(more_by_name));
}

}  // namespace

int main(int count, char** arguments) {
  const int rounds = count > 1 ? std::max(std::atoi(arguments[1]), 1) : 300;
  for (const char* name : {"simd", "faithful", "log_sum_exp"})
    for (const bool with_gradient : {false, true}) measure(name, with_gradient, rounds);
}
