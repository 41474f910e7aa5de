// SPDX-License-Identifier: MIT
// Errors as text: rounded up, and on the right side of a limit.
#include <cmath>
#include <limits>
#include <random>
#include <string>

#include <gtest/gtest.h>

#include <xent/records/error_text.hpp>

namespace {

using xent::error_text;
using xent::error_text_beside;

constexpr double inf = std::numeric_limits<double>::infinity();

TEST(ErrorText, Texts) {
  const auto is = [](const std::string& got, const std::string& wanted) {
    EXPECT_EQ(got, wanted) << "\"" + got + "\" is \"" + wanted + "\"";
  };
  is(error_text(0), "0");
  is(error_text(1), "1");
  is(error_text(1.0000003), "1.001");
  is(error_text(0.99991), "1");
  is(error_text(8333333.3), "8.334e+06");
  is(error_text(9999.5), "1e+04");
  is(error_text(0.45411, 3), "0.455");
  is(error_text(5e-324), "4.941e-324");
  is(error_text(inf), "inf");
  is(error_text(-inf), "-inf");
  is(error_text(std::nan("")), "nan");
  is(error_text_beside(1.0000003, 1), "1.001");
  is(error_text_beside(0.99999, 1), "1");
  is(error_text_beside(2.99991, 2.99995), "2.99991");
  is(error_text_beside(std::nextafter(1, 0), std::nextafter(1, 0)), "0.9999999999999999");
  is(error_text_beside(std::nextafter(1, 2), 1), "1.001");
  is(error_text_beside(inf, 1e300), "inf");
}

/// The text reads back as no less, and as no more than a unit of its last digit.
TEST(ErrorText, Draws) {
  std::mt19937_64 random(1);
  std::uniform_real_distribution<double> exponent(-300, 300);
  for (int k = 0; k < 20000; ++k) {
    const double value = std::pow(10.0, exponent(random));
    const double read = std::strtod(error_text(value).c_str(), nullptr);
    EXPECT_TRUE(read >= value && read <= value * 1.0011) << "rounded up: " + error_text(value);
    const double near = value * (1 + std::ldexp(1.0, -static_cast<int>(random() % 53)));
    for (const double limit : {value, near})
      for (const double error : {value, near})
        EXPECT_EQ((std::strtod(error_text_beside(error, limit).c_str(), nullptr) > limit),
                  (error > limit))
            << "on the side of the limit: " + error_text_beside(error, limit);
  }
}

}  // namespace
