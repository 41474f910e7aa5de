// SPDX-License-Identifier: MIT
// The problems of the self-test of audit.

#include "cli/verbs/audit/self_test/self_test_problems.hpp"

#include <cmath>
#include <string_view>

namespace xent::cli {
namespace {

constexpr std::string_view recipes[] = {
    "f32/normal(2)/24x7/labels/none/seed=1",
    "f32/normal(2)/24x7/labels/mean/seed=2",
    "f32/normal(2)/24x7/labels/sum/seed=3",
    "f32/normal(2)/24x7/labels+weight/none/seed=4",
    "f32/normal(2)/24x7/labels+weight/mean/seed=5",
    "f32/normal(2)/24x7/labels+ignore/none/seed=6",
    "f32/normal(2)/24x7/labels+ignore/mean/seed=7",
    "f32/normal(2)/24x7/labels+weight+ignore/mean/seed=8",
    "f32/normal(2)/24x7/labels+smoothing=0.1/none/seed=9",
    "f32/normal(2)/24x7/labels+weight+smoothing=0.1/none/seed=10",
    "f32/normal(2)/24x7/one_hot+weight/mean/seed=11",
    "f32/normal(2)/24x7/probs/none/seed=12",
    "f32/normal(10)/24x7/labels/none/seed=13",
    "f32/normal(40)/24x7/labels/none/seed=14",
    "f32/normal(1)/24x700/labels/none/seed=15",
    "f32/normal(2)/400x7/labels/mean/seed=16",
    "f32/normal(2)/24x7/labels+row_weight/none/seed=17",
    "f32/normal(2)/24x7/labels+row_weight/mean/seed=18",
    "f32/normal(2)/24x7/labels+z_loss=0.01/none/seed=19",
    "f32/normal(2)/24x7/labels+temperature=0.7/none/seed=20",
    "f32/normal(4)/24x7/labels+softcap=5/none/seed=21",
    "f32/normal(2)/24x7/labels+input=log-probs/none/seed=22",
    "f32/normal(20)/24x7/labels+input=probs/none/seed=23",
};

}  // namespace

std::vector<SelfTestProblem> self_test_problems() {
  std::vector<SelfTestProblem> all;
  for (const std::string_view recipe : recipes) {
    all.push_back({cases::make_case<float>(cases::parse_recipe(recipe)), {}});
    all.back().row_shape = {all.back().made.recipe.rows / 4, 4};
    // Ignored rows may hold NaN, which would decide what becomes of them.
    for (float& x : all.back().made.logits)
      if (!std::isfinite(x)) x = 0;
  }
  return all;
}

}  // namespace xent::cli
