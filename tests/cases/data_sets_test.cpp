// SPDX-License-Identifier: MIT
// Data sets: their rows, and what is refused.
#include <algorithm>
#include <cstdlib>
#include <filesystem>

#include <gtest/gtest.h>

#include "cases/case.hpp"
#include "tensors/npy/npy.hpp"
#include "tests/support/expect_fault.hpp"
#include "tests/support/folder.hpp"

namespace {

using namespace xent::cases;
using xent::tests::expect_fault;

TEST(DataSets, DataSets) {
  const auto f32 = make_case<float>(parse_recipe("f32/digits/600x10/labels/none/seed=0"));
  const auto f64 = make_case<double>(parse_recipe("f64/digits/600x10/labels/none/seed=0"));
  EXPECT_TRUE(std::ranges::equal(f32.logits, f64.logits, {}, [](float x) { return double{x}; }))
      << "f64 is f32 widened";
  const auto bf16 = make_case<xent::bf16>(parse_recipe("bf16/digits/600x10/labels/none/seed=0"));
  EXPECT_TRUE(std::ranges::equal(bf16.logits, f32.logits, {}, {}, [](float x) {
    return static_cast<xent::bf16>(x);
  })) << "bf16 is f32 rounded";
  const auto later = make_case<float>(parse_recipe("f32/digits/2x10/labels/none/seed=1199"));
  EXPECT_TRUE(later.labels[0] == f32.labels[599] && later.labels[1] == f32.labels[0])
      << "the seed is the first row, and the last is followed by the first";
}

TEST(DataSets, FaultyDataSets) {
  const Recipe digits = parse_recipe("f32/digits/2x10/labels/none/seed=0");
  const xent::tests::Folder own;
  const std::string folder = own.path + "/data";
  ::setenv("XENT_DATA", folder.c_str(), 1);
  const std::string path = folder + "/digits_logits.npy";
  expect_fault<xent::FileError>([&] { make_case<float>(digits); }, path + ": no such file");
  std::filesystem::create_directory(folder);
  xent::tensors::write_npy<float>(path, std::vector<std::ptrdiff_t>{1, 10}, std::vector<float>(10));
  expect_fault<xent::FileError>([&] { make_case<float>(digits); },
                                path + ": is not an array of f32 and shape (600, 10)");
  ::unsetenv("XENT_DATA");
}

TEST(DataSets, FaultyRecipes) {
  expect_fault<InvalidRecipe>([] { make_case<float>({.dtype = xent::DType::f64}); }, "f64");
  expect_fault<InvalidRecipe>([] { make_case<float>({.family = "gamma"}); }, "'gamma'");
  expect_fault<InvalidRecipe>([] { make_case<float>({.rows = -1}); }, "-1x2");
}

}  // namespace
