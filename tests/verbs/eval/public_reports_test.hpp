// SPDX-License-Identifier: MIT
// Fixture: problems of public reports as files and options of eval, and what is expected of it.
#pragma once

#include <cmath>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <xent/implementation.hpp>

#include "tensors/tensor_file.hpp"
#include "tests/support/npy_bytes.hpp"
#include "tests/support/program.hpp"
#include "tests/verbs/typed_npy.hpp"

namespace xent::tests {

using Row = std::vector<double>;

inline double log_sum_exp(const Row& row) {
  long double sum = 0;
  for (const double x : row) sum += std::exp(static_cast<long double>(x));
  return static_cast<double>(std::log(sum));
}

/// Expects the numbers that the program prints, infinities too.
inline void expect_near(const Ran& ran, const std::vector<double>& numbers, double relative,
                        double absolute, const std::string& what) {
  ASSERT_EQ(ran.code, 0) << what << ": " << ran.text;
  std::size_t at = 0;
  for (const double number : numbers) {
    std::size_t used = 0;
    const double got = std::stod(ran.text.substr(at), &used);
    const double most = std::fmax(relative * std::fabs(number), absolute);
    EXPECT_TRUE(got == number || std::fabs(got - number) <= most)
        << fmt::format("{}: {}, not {}", what, got, number);
    at += used;
  }
}

/// Files of one problem, and what is expected of the program where it evaluates them.
class PublicReports : public testing::Test {
 protected:
  /// Writes an array of f32 to a file of the option's name, and returns the option with it.
  std::string floats(const std::string& name, const std::vector<std::ptrdiff_t>& shape,
                     const std::vector<float>& values) const {
    return " --" + name + " " + xent.write<float>(name + ".npy", shape, values);
  }
  std::string labels(const std::string& shape, const std::vector<std::int64_t>& values) const {
    return " --labels " + write_npy(xent, "labels.npy", "<i8", shape, values);
  }

  /// Expects these losses of the reference in f64, to 1e-13, and of every implementation, to 1e-6,
  /// where they are below 1 to 1e-6 of 1.
  void expect_losses(const std::string& problem, const std::vector<double>& losses) const {
    expect_near(xent.run("eval --impl reference --loss-dtype f64" + problem), losses, 1e-13, 0,
                "reference" + problem);
    for (const Implementation* one : implementations())
      expect_near(xent.run(fmt::format("eval --impl {}{}", one->name, problem)), losses, 1e-6, 1e-6,
                  std::string(one->name) + problem);
  }

  /// The gradient of a problem of f32, row by row.
  std::vector<float> gradient(const std::string& implementation, const std::string& problem) const {
    const std::string path = xent.file("gradient.npy");
    const Ran ran =
        xent.run(fmt::format("eval --impl {}{} --grad-out {}", implementation, problem, path));
    EXPECT_EQ(ran.code, 0) << ran.text;
    const tensors::Tensor tensor = tensors::read_tensor(path);
    const std::span<const float> elements = tensor.as<float>();
    return {elements.begin(), elements.end()};
  }

  Program xent;
};

}  // namespace xent::tests
