// SPDX-License-Identifier: MIT
// The full pairs of real data, f32 and 16-bit, where they are at hand (XENT_SHARED_DATA): the mean
// losses of the accurate and faithful against means computed with mpmath at 50 digits, on every
// instruction set; and no loss of digits is lost. Exit 77: they are not at hand.

#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <span>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <xent/implementation.hpp>
#include <xent/validate.hpp>

#include "properties/dispatch.hpp"
#include "tensors/npy/npy.hpp"

namespace xent {
namespace {

struct Pair {
  const char* labels;
  const char* logits;
  DType dtype;
  double mean;  // to 16 digits at least
};

constexpr Pair pairs[] = {{"digits", "digits_logits", DType::f32, 0.22009748521387192},
                          {"digits", "digits_logits.bf16.u16", DType::bf16, 0.22002779102476122},
                          {"digits", "digits_logits.f16.u16", DType::f16, 0.2201287335447038},
                          {"ocr_ctc", "ocr_ctc_logits", DType::f32, 0.17412243301257034},
                          {"lm_gpt2bpe", "lm_gpt2bpe_logits", DType::f32, 3.8903987084179006}};

/// |got - expected| in ulp of T at `expected`.
template <class T>
double ulps(T got, double expected) {
  const double ulp = std::ldexp(1.0, std::ilogb(expected) - (std::numeric_limits<T>::digits - 1));
  return std::abs(static_cast<double>(got) - expected) / ulp;
}

template <class T>
void check(const Pair& pair, const Implementation& implementation, const std::string& isa,
           std::span<const T> x, const tensors::Tensor& logits, const tensors::Tensor& labels,
           double limit) {
  const std::ptrdiff_t rows = logits.shape[0];
  Problem<T> problem{.logits = row_major(x.data(), rows, logits.shape[1]),
                     .targets = Labels<std::int64_t>{labels.as<std::int64_t>().data(), rows, 1},
                     .options = {.reduction = Reduction::mean}};
  LossOf<T> mean = 0;
  const Contract<T>& contract = implementation.contract<T>();
  validate<T>(contract, problem, {.loss = {&mean, 1, 1}});
  contract.kernel(problem, {.loss = {&mean, 1, 1}});
  const double error = ulps(mean, pair.mean);
  fmt::print("{} {} {} {}: {}, {:.2f} ulp\n", pair.logits, implementation.name, isa,
             to_string(dtype_of<T>), mean, error);
  EXPECT_LE(error, limit);

  problem.options.reduction = Reduction::none;
  std::vector<LossOf<T>> loss(static_cast<std::size_t>(rows));
  contract.kernel(problem, {.loss = {loss.data(), rows, 1}});
  for (std::ptrdiff_t i = 0; i < rows; ++i) {
    EXPECT_GT(loss[static_cast<std::size_t>(i)], 0)
        << fmt::format("{} row {} by {} {}", pair.logits, i, implementation.name, isa);
  }
}

void check_pair(const std::string& folder, const Pair& pair) {
  const std::string place = fmt::format("{}/{}.npy", folder, pair.logits);
  const auto logits = tensors::as_dtype(tensors::read_npy(place), pair.dtype, place);
  const auto labels = tensors::read_npy(fmt::format("{}/{}_labels.npy", folder, pair.labels));
  for (const char* name : {"sparse", "widened", "simd", "faithful"}) {
    const Implementation& implementation = *find_implementation(name);
    for (const auto& isa :
         implementation.dispatched ? instruction_sets() : std::vector<std::string>{""}) {
      const Implementation one = properties::on_instruction_set(implementation, isa);
      with_dtype(pair.dtype, [&](auto zero) {
        using T = decltype(zero);
        check<T>(pair, one, isa, logits.as<T>(), logits, labels, 2);
      });
      if (pair.dtype != DType::f32) continue;
      const auto floats = logits.as<float>();
      const std::vector<double> wide(floats.begin(), floats.end());
      check<double>(pair, one, isa, wide, logits, labels, 4);
    }
  }
}

}  // namespace
TEST(FullData, MeanLosses) {
  const char* folder = std::getenv("XENT_SHARED_DATA");
  if (folder == nullptr) GTEST_SKIP() << "XENT_SHARED_DATA is not set";
  for (const Pair& pair : pairs) check_pair(folder, pair);
}

}  // namespace xent
