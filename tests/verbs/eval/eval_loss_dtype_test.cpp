// SPDX-License-Identifier: MIT
// xent eval --loss-dtype: every implementation's loss and log-sum-exp, rounded once to the type
// asked for.
#include <algorithm>
#include <limits>
#include <random>
#include <type_traits>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <xent/implementation.hpp>

#include "tests/support/program.hpp"

namespace {

using namespace xent;
using tests::Program;

template <class T>
struct Results {
  std::vector<T> loss, lse;

  friend bool operator==(const Results&, const Results&) = default;
};

template <class T>
std::vector<T> read(const std::string& place) {
  const tensors::Tensor tensor = tensors::read_tensor(place);
  const auto elements = tensor.as<T>();
  return {elements.begin(), elements.end()};
}

/// What `eval` gives as T in files of that extension.
template <class T>
Results<T> results(const Program& xent, const std::string& eval, const std::string& extension) {
  const std::string loss = xent.file("loss" + extension);
  const std::string lse = xent.file("lse" + extension);
  const tests::Ran ran =
      xent.run(fmt::format("{} --reduction none --loss-dtype {} --loss-out {} --lse-out {}", eval,
                           to_string(dtype_of<T>), loss, lse));
  EXPECT_EQ(ran.code, 0) << eval + ": " + ran.text;
  return {read<T>(loss), read<T>(lse)};
}

template <class To, class From>
std::vector<To> rounded(const std::vector<From>& numbers) {
  std::vector<To> all;
  all.reserve(numbers.size());
  for (const From number : numbers) all.push_back(static_cast<To>(number));
  return all;
}

template <class To, class From>
void expect_rounded(const Program& xent, const std::string& eval, const Results<From>& from,
                    const std::string& extension) {
  const Results<To> wanted{rounded<To>(from.loss), rounded<To>(from.lse)};
  EXPECT_EQ(results<To>(xent, eval, extension), wanted)
      << fmt::format("{}: {} in {}", eval, to_string(dtype_of<To>), extension);
}

/// 40 rows of 5 classes; the weight of the last class takes losses past the numbers of f16. The
/// log-sum-exp of the first two rows is in f64 just above the middle of two numbers of f16 and of
/// bf16, and in f32 the middle: rounded to that in between, it ends at the wrong one.
template <class T>
std::string problem(const Program& xent) {
  constexpr std::ptrdiff_t rows = 40;
  constexpr std::ptrdiff_t classes = 5;
  std::mt19937 random(1);
  std::vector<T> logits;
  std::vector<std::int64_t> labels;
  for (std::ptrdiff_t k = 0; k < rows * classes; ++k)
    logits.push_back(static_cast<T>(random() % 65536) / 4096);
  std::fill_n(logits.begin(), 2 * classes, -std::numeric_limits<T>::infinity());
  logits[0] = static_cast<T>(1 + 0x1p-11 + 0x1p-40);
  logits[classes + 1] = static_cast<T>(1 + 0x1p-8 + 0x1p-40);
  for (std::ptrdiff_t i = 0; i < rows; ++i) labels.push_back(i % classes);
  return fmt::format(
      "--logits {} --labels {} --weight {}", xent.write<T>("x.npy", {rows, classes}, logits),
      xent.write_labels("y.npy", labels), xent.write<T>("w.npy", {classes}, {1, 1, 1, 1, 100000}));
}

template <class T>
void check(const Program& xent, std::string_view implementation) {
  const std::string eval = fmt::format("eval --impl {} {}", implementation, problem<T>(xent));
  const Results<T> own = results<T>(xent, eval, ".npy");
  expect_rounded<double>(xent, eval, own, ".npy");
  expect_rounded<float>(xent, eval, own, ".safetensors");
  expect_rounded<bf16>(xent, eval, own, ".safetensors");
  expect_rounded<f16>(xent, eval, own, ".npy");
  expect_rounded<f16>(xent, eval, own, ".safetensors");
  const nlohmann::json mean = xent.json(eval + " --loss-dtype f16");
  EXPECT_TRUE(mean.value("loss_dtype", "") == "f16" &&
              mean.value("dtype", "") == to_string(dtype_of<T>))
      << eval + ": as JSON";
}

TEST(EvalLossDtype, EachImplementation) {
  const Program xent;
  for (const Implementation* one : implementations()) {
    check<float>(xent, one->name);
    check<double>(xent, one->name);
  }
}

}  // namespace
