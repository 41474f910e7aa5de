// SPDX-License-Identifier: MIT
// Fixture: problems of public reports as files and options of eval, and what is expected of it.
#pragma once

#include <cmath>
#include <cstdint>
#include <cstring>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <xent/implementation.hpp>

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

  /// Expects these losses of the reference in f64, and of every implementation.
  void expect_losses(const std::string& problem, const std::vector<double>& losses) const {
    const Ran exact = xent.run("eval --impl reference --loss-dtype f64" + problem);
    std::size_t at = 0;
    for (const double loss : losses) {
      std::size_t used = 0;
      ASSERT_EQ(exact.code, 0) << exact.text;
      const double got = std::stod(exact.text.substr(at), &used);
      EXPECT_TRUE(got == loss || std::fabs(got - loss) <= 1e-13 * std::fabs(loss))
          << fmt::format("{}: {} for {}", problem, got, loss);
      at += used;
    }
    for (const Implementation* one : implementations())
      expect_numbers(xent.run(fmt::format("eval --impl {}{}", one->name, problem)), losses,
                     std::string(one->name) + problem);
  }

  /// The reference and every implementation.
  static std::vector<std::string> names() {
    std::vector<std::string> names = {"reference"};
    for (const Implementation* one : implementations()) names.emplace_back(one->name);
    return names;
  }

  /// The gradient of a problem of f32, row by row.
  std::vector<float> gradient(const std::string& implementation, const std::string& problem) const {
    const std::string path = xent.file("gradient.npy");
    const Ran ran =
        xent.run(fmt::format("eval --impl {}{} --grad-out {}", implementation, problem, path));
    EXPECT_EQ(ran.code, 0) << ran.text;
    const std::string bytes = read_bytes(path);
    std::uint16_t header = 0;
    std::memcpy(&header, bytes.data() + 8, sizeof header);
    std::vector<float> values((bytes.size() - 10 - header) / sizeof(float));
    std::memcpy(values.data(), bytes.data() + 10 + header, values.size() * sizeof(float));
    return values;
  }

  Program xent;
};

}  // namespace xent::tests
