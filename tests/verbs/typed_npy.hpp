// SPDX-License-Identifier: MIT
// Files of given element types for the program, the numbers it prints, and its refusals.
#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "tests/support/npy_bytes.hpp"
#include "tests/support/program.hpp"

namespace xent::tests {

/// A .npy file of that 'descr' and shape.
template <class T>
std::string write_npy(const Program& xent, const std::string& name, const std::string& descr,
                      const std::string& shape, const std::vector<T>& values) {
  std::string data(reinterpret_cast<const char*>(values.data()), values.size() * sizeof(T));
  for (auto at = data.begin(); descr.starts_with('>') && at != data.end(); at += sizeof(T))
    std::reverse(at, at + sizeof(T));
  write_bytes(
      xent.file(name),
      npy(fmt::format("{{'descr': '{}', 'fortran_order': False, 'shape': {}}}", descr, shape),
          data));
  return xent.file(name);
}

/// Expects the numbers that the program prints, each within 1e-6.
inline void expect_numbers(const Ran& ran, const std::vector<double>& numbers,
                           const std::string& what) {
  EXPECT_EQ(ran.code, 0) << what << ": " << ran.text;
  std::size_t at = 0;
  for (const double number : numbers) {
    std::size_t used = 0;
    const double got = std::stod(ran.text.substr(at), &used);
    EXPECT_NEAR(got, number, 1e-6) << what << ": " << ran.text;
    at += used;
  }
}

/// Expects exit code 2 and one line that holds `part`.
inline void expect_refused(const Ran& ran, const std::string& part) {
  EXPECT_TRUE(ran.code == 2 && ran.text.find(part) != std::string::npos &&
              std::ranges::count(ran.text, '\n') == 1)
      << fmt::format("'{}' names '{}'", ran.text, part);
}

}  // namespace xent::tests
