// SPDX-License-Identifier: MIT
// The full pairs of real data, where they are at hand (XENT_SHARED_DATA): the mean losses of sparse
// and simd against means computed with mpmath at 50 digits, on every instruction set; and no loss
// of digits is lost. Exit 77: they are not at hand.

#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <string>
#include <vector>

#include <fmt/format.h>

#include <xent/implementation.hpp>
#include <xent/validate.hpp>

#include "cases/npy.hpp"

namespace xent {
namespace {

struct Pair {
  const char* name;
  double mean;  // to 17 digits
};

constexpr Pair pairs[] = {{"digits", 0.22009748521387192},
                          {"ocr_ctc", 0.17412243301257034},
                          {"lm_gpt2bpe", 3.8903987084179006}};

int faults = 0;

/// |got - expected| in ulp of T at `expected`.
template <class T>
double ulps(T got, double expected) {
  const double ulp = std::ldexp(1.0, std::ilogb(expected) - (std::numeric_limits<T>::digits - 1));
  return std::abs(static_cast<double>(got) - expected) / ulp;
}

template <class T>
void check(const Pair& pair, const Implementation& implementation, const std::string& isa,
           const cases::Tensor& logits, const cases::Tensor& labels, double limit) {
  const auto floats = logits.as<float>();
  const std::vector<T> x(floats.begin(), floats.end());
  const std::ptrdiff_t rows = logits.shape[0];
  Problem<T> problem{.logits = row_major(x.data(), rows, logits.shape[1]),
                     .targets = Labels<std::int64_t>{labels.as<std::int64_t>().data(), rows, 1},
                     .options = {.reduction = Reduction::mean}};
  T mean = 0;
  const Contract<T>& contract = implementation.contract<T>();
  validate<T>(contract, problem, {.loss = {&mean, 1, 1}});
  contract.kernel(problem, {.loss = {&mean, 1, 1}});
  const double error = ulps(mean, pair.mean);
  fmt::print("{} {} {} f{}: {}, {:.2f} ulp\n", pair.name, implementation.name, isa, 8 * sizeof(T),
             mean, error);
  if (!(error <= limit)) ++faults;

  problem.options.reduction = Reduction::none;
  std::vector<T> loss(static_cast<std::size_t>(rows));
  contract.kernel(problem, {.loss = {loss.data(), rows, 1}});
  for (std::ptrdiff_t i = 0; i < rows; ++i) {
    if (loss[static_cast<std::size_t>(i)] > 0) continue;
    fmt::print("{} row {}: {} by {} {}\n", pair.name, i, loss[static_cast<std::size_t>(i)],
               implementation.name, isa);
    ++faults;
  }
}

void check_pair(const std::string& folder, const Pair& pair) {
  const auto logits = cases::read_npy(fmt::format("{}/{}_logits.npy", folder, pair.name));
  const auto labels = cases::read_npy(fmt::format("{}/{}_labels.npy", folder, pair.name));
  for (const char* name : {"sparse", "simd"}) {
    const Implementation& implementation = *find_implementation(name);
    for (const auto& isa :
         implementation.dispatched ? instruction_sets() : std::vector<std::string>{""}) {
      use_instruction_set(isa);
      check<float>(pair, implementation, isa, logits, labels, 2);
      check<double>(pair, implementation, isa, logits, labels, 4);
    }
  }
}

}  // namespace
}  // namespace xent

int main() {
  const char* folder = std::getenv("XENT_SHARED_DATA");
  if (folder == nullptr) {
    std::puts("XENT_SHARED_DATA is not set");
    return 77;
  }
  try {
    for (const auto& pair : xent::pairs) xent::check_pair(folder, pair);
  } catch (const std::exception& fault) {
    std::puts(fault.what());
    return 1;
  }
  return xent::faults == 0 ? 0 : 1;
}
