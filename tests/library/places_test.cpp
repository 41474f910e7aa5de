// SPDX-License-Identifier: MIT
// A gradient that lies among the logits is taken where the two share no element, or all of them in
// their order, and refused elsewhere: as counting the elements says, for strides as chance has them.
#include <algorithm>
#include <array>
#include <cstdint>
#include <random>
#include <set>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <xent.h>

namespace {

constexpr std::int64_t room = 400;
using Chance = std::mt19937_64;

/// Four axes of one or two elements in a buffer of floats.
struct Places {
  std::array<std::int64_t, 4> shape{}, strides{};
  std::int64_t first = room / 2;

  std::vector<std::int64_t> all() const {
    std::vector<std::int64_t> places{first};
    for (std::size_t k = 0; k < shape.size(); ++k) {
      const std::vector<std::int64_t> before = places;
      for (std::int64_t i = 1; i < shape[k]; ++i)
        for (const std::int64_t one : before) places.push_back(one + i * strides[k]);
    }
    return places;
  }
  bool is_distinct() const {
    const auto places = all();
    return std::set<std::int64_t>(places.begin(), places.end()).size() == places.size();
  }
  DLTensor in(std::vector<float>& buffer) {
    return {.data = buffer.data(),
            .device = {kDLCPU, 0},
            .ndim = 4,
            .dtype = {kDLFloat, 32, 1},
            .shape = shape.data(),
            .strides = strides.data(),
            .byte_offset = static_cast<std::uint64_t>(first) * sizeof(float)};
  }
};

std::int64_t between(std::int64_t least, std::int64_t most, Chance& chance) {
  return std::uniform_int_distribution<std::int64_t>(least, most)(chance);
}

bool share(const Places& a, const Places& b) {
  const auto of_a = a.all(), of_b = b.all();
  return std::any_of(of_a.begin(), of_a.end(), [&](std::int64_t one) {
    return std::find(of_b.begin(), of_b.end(), one) != of_b.end();
  });
}

TEST(LibraryPlaces, AreComparedElementByElement) {
  Chance chance(1);
  int taken = 0, refused = 0;
  for (int k = 0; k < 3000; ++k) {
    Places x, g;
    for (std::size_t axis = 0; axis < 4; ++axis) {
      x.shape[axis] = g.shape[axis] = between(1, 3, chance);
      x.strides[axis] = between(-16, 16, chance);
      g.strides[axis] = between(0, 2, chance) == 0 ? between(-16, 16, chance) : x.strides[axis];
    }
    g.first += between(0, 3, chance) == 0 ? 0 : between(-40, 40, chance);
    std::vector<float> buffer(room, 0.5F);
    DLTensor logits = x.in(buffer), grad = g.in(buffer);
    std::array<std::int64_t, 3> rows{x.shape[0], x.shape[2], x.shape[3]};
    std::vector<std::int64_t> labels(static_cast<std::size_t>(rows[0] * rows[1] * rows[2]));
    float mean = 0;
    DLTensor y{labels.data(), {kDLCPU, 0}, 3, {kDLInt, 64, 1}, rows.data(), nullptr, 0};
    DLTensor loss{&mean, {kDLCPU, 0}, 0, {kDLFloat, 32, 1}, nullptr, nullptr, 0};
    xent_problem problem{};
    problem.size = sizeof problem;
    problem.logits = &logits;
    problem.labels = &y;
    const xent_results results{
        .size = sizeof results, .loss = &loss, .grad = &grad, .lse = nullptr};
    xent_error error{};
    const xent_status status = xent_compute_by("sparse", &problem, &results, nullptr, &error);
    const bool is_right = g.is_distinct() && (x.all() == g.all() || !share(x, g));
    ASSERT_EQ(status, is_right ? XENT_OK : XENT_INVALID) << k << ": " << error.message;
    EXPECT_EQ(std::string(error.field), is_right ? "" : "grad");
    ++(is_right ? taken : refused);
  }
  EXPECT_GT(taken, 100);
  EXPECT_GT(refused, 100);
}

}  // namespace
