// SPDX-License-Identifier: MIT
// Recipes: printing and parsing are inverse, and what is no recipe is refused by name.
#include <array>
#include <cmath>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "cases/case.hpp"
#include "tests/support/expect_fault.hpp"

namespace {

using xent::cases::Family;
using xent::cases::InvalidRecipe;
using xent::cases::parse_recipe;
using xent::cases::Recipe;
using xent::tests::expect_fault;

/// Any recipe that check_recipe allows; scales and smoothings of every exponent.
Recipe any_recipe() {
  Recipe r;
  const Family family = *rc::gen::elementOf(xent::cases::families());
  r.family = family.name;
  r.dtype = *rc::gen::elementOf(std::to_array(xent::all_dtypes));
  r.targets = *rc::gen::elementOf(std::to_array(xent::cases::all_target_kinds));
  r.weighted = *rc::gen::arbitrary<bool>();
  const auto bands = rc::gen::elementOf(std::to_array(xent::cases::all_bands));
  if (r.weighted) r.weights = *bands;
  using xent::cases::TargetKind;
  if (r.targets == TargetKind::probs || r.targets == TargetKind::csr) r.probs = *bands;
  r.row_weighted = *rc::gen::arbitrary<bool>();
  if (*rc::gen::arbitrary<bool>()) r.z_loss = *rc::gen::element(0.5, 1e-4, 0x1p-100, 0x1p-1074);
  if (*rc::gen::arbitrary<bool>()) r.temperature = *rc::gen::element(0.7, 0x1p-10, 1024.0);
  if (*rc::gen::arbitrary<bool>()) r.softcap = *rc::gen::element(30.0, 0x1p-10, 1024.0);
  r.input = *rc::gen::elementOf(std::to_array(xent::all_inputs));
  if (r.input != xent::Input::logits) r.z_loss = r.temperature = r.softcap = 0;
  if (r.input == xent::Input::probs) r.clip = *rc::gen::element(0.0, 1e-7, 0.25, 0x1p-149);
  r.kl_divergence = r.targets != TargetKind::labels && !r.weighted && *rc::gen::arbitrary<bool>();
  r.ignoring = r.targets == xent::cases::TargetKind::labels && *rc::gen::arbitrary<bool>();
  if (*rc::gen::arbitrary<bool>()) {
    const double fraction = std::abs(*rc::gen::arbitrary<double>());
    r.smoothing = std::ldexp(fraction - std::floor(fraction), *rc::gen::inRange(-1074, 1));
  }
  r.reduction = *rc::gen::elementOf(std::to_array(xent::all_reductions));
  r.seed = *rc::gen::arbitrary<std::uint64_t>();
  r.rows = *rc::gen::inRange<std::ptrdiff_t>(0, family.data_set ? family.rows + 1 : 10000);
  r.classes = family.classes != 0 ? family.classes : *rc::gen::inRange<std::ptrdiff_t>(1, 100000);
  if (!family.data_set) {
    const double fraction = std::abs(*rc::gen::arbitrary<double>());
    const int top = xent::format_of(r.dtype).max_exponent;
    r.scale = std::ldexp(fraction - std::floor(fraction), *rc::gen::inRange(-1074, top - 2));
    if (r.family == "offset") r.scale = std::fmod(r.scale, top);
  }
  return r;
}

RC_GTEST_PROP(Recipe, PrintingAndParsingAreInverse, ()) {
  const Recipe r = any_recipe();
  RC_ASSERT(parse_recipe(to_string(r)) == r);
}

RC_GTEST_PROP(Recipe, GarbledIdsAreParsedOrRefused, ()) {
  std::string id = to_string(any_recipe());
  const auto at = *rc::gen::inRange<std::size_t>(0, id.size());
  id.replace(at, *rc::gen::inRange<std::size_t>(0, 3), *rc::gen::string<std::string>());
  try {
    const Recipe r = parse_recipe(id);
    RC_ASSERT(parse_recipe(to_string(r)) == r);
  } catch (const InvalidRecipe& fault) {
    RC_ASSERT(std::string_view(fault.what()).find(id) != std::string_view::npos);
  }
}

TEST(Recipe, CanonicalText) {
  const std::string_view ids[] = {
      "f32/normal(3)/4x10/labels/mean/seed=7",
      "f64/deep_gap(0.1)/1x2/probs/none/seed=18446744073709551615",
      "f32/digits/600x10/one_hot/sum/seed=0",
      "f32/deep_tail(40)/1x100000/labels+weight/none/seed=1",
      "f64/offset(52)/0x1/labels/mean/seed=1",
      "f16/all_equal(65504)/4x10/labels/mean/seed=7",
      "f32/normal(1e-40)/32768x32768/labels/sum/seed=2",
      "f32/normal(3)/4x10/csr/mean/seed=7",
      "f32/normal(3)/4x10/labels+weight/mean/seed=7",
      "f32/normal(3)/4x10/labels+ignore/mean/seed=7",
      "f32/normal(3)/4x10/one_hot+smoothing=1/mean/seed=7",
      "f64/digits/600x10/probs+weight+smoothing=1e-09/none/seed=7",
      "f32/normal(3)/4x10/labels+weight+ignore+smoothing=0.1/mean/seed=7",
      "f32/high(887)/4x10/labels+weight=large+ignore+smoothing=0.1/mean/seed=7",
      "f64/opposite(1e+308)/4x10/csr=mixed+weight=overflowing/mean/seed=7",
      "f16/low(890)/4x10/probs=subnormal+smoothing=1/mean/seed=7",
  };
  for (const std::string_view id : ids)
    EXPECT_EQ(to_string(parse_recipe(id)), id) << std::string(id) + " is printed as it is parsed";
  EXPECT_EQ(parse_recipe("f32/normal(3.0)/4x10/labels/mean/seed=7").scale, 3) << "3.0 is 3";
  EXPECT_EQ(parse_recipe("f32/normal(3)/4x10/labels+smoothing=0/mean/seed=7"),
            parse_recipe("f32/normal(3)/4x10/labels/mean/seed=7"))
      << "a smoothing of 0 is none";
}

TEST(Recipe, Faults) {
  const std::string_view id_and_part[][2] = {
      {"", "six parts"},
      {"f32/normal(3)/4x10/labels/mean", "six parts"},
      {"f32/normal(3)/4x10/labels/mean/seed=7/", "six parts"},
      {"f8/normal(3)/4x10/labels/mean/seed=7",
       "'f8' is not an element type; there are f32, f64, bf"},
      {"f32/gamma(3)/4x10/labels/mean/seed=7",
       "'gamma' is not a family; there are normal, confident"},
      {"f32/normal/4x10/labels/mean/seed=7", "'normal' lacks its scale, as in normal(3)"},
      {"f32/normal(3/4x10/labels/mean/seed=7", "'normal(3' lacks its scale"},
      {"f32/normal()/4x10/labels/mean/seed=7", "'' is not a scale"},
      {"f32/normal(3)2)/4x10/labels/mean/seed=7", "'3)2' is not a scale"},
      {"f32/normal(nan)/4x10/labels/mean/seed=7", "the scale nan"},
      {"f32/normal(inf)/4x10/labels/mean/seed=7", "the scale inf"},
      {"f32/normal(-1)/4x10/labels/mean/seed=7", "the scale -1"},
      {"f32/normal(1e38)/4x10/labels/mean/seed=7", "beyond the range of f32"},
      {"f64/offset(1024)/4x10/labels/mean/seed=7", "beyond the range of f64"},
      {"f16/all_equal(65505)/4x10/labels/mean/seed=7", "beyond the range of f16"},
      {"f32/digits(1)/4x10/labels/mean/seed=7", "'digits(1)': a data set has no scale"},
      {"f32/digits/601x10/labels/mean/seed=7", "digits has 600 rows, not 601"},
      {"f32/digits/4x9/labels/mean/seed=7", "digits has 10 classes, not 9"},
      {"f32/one_class(1)/4x2/labels/mean/seed=7", "one_class has 1 classes, not 2"},
      {"f32/normal(3)/410/labels/mean/seed=7", "'410' is not a shape"},
      {"f32/normal(3)/4x/labels/mean/seed=7", "'' is not a number of classes"},
      {"f32/normal(3)/4x10x2/labels/mean/seed=7", "'10x2' is not a number of classes"},
      {"f32/normal(3)/-1x10/labels/mean/seed=7", "-1x10"},
      {"f32/normal(3)/1x0/labels/mean/seed=7", "1x0"},
      {"f32/normal(3)/9223372036854775807x9223372036854775807/labels/mean/seed=7", "2^30"},
      {"f32/normal(3)/32768x32769/labels/mean/seed=7", "more than 2^30 logits"},
      {"f32/normal(3)/0x7000000000/labels+weight/mean/seed=7", "2^30 logits, rows or classes"},
      {"f32/normal(3)/1073741825x1/labels/mean/seed=7", "2^30 logits, rows or classes"},
      {"f32/normal(3)/9223372036854775808x1/labels/mean/seed=7", "is not a number of rows"},
      {"f32/normal(3)/4x10/label/mean/seed=7",
       "'label' is not a form of targets; did you mean 'labels'?"},
      {"f32/normal(3)/4x10/+weight/mean/seed=7", "'' is not a form of targets"},
      {"f32/normal(3)/4x10/labels+/mean/seed=7", "'+' is not one of +weight, +row_weight, +ignore"},
      {"f32/normal(3)/4x10/labels+bias/mean/seed=7", "'+bias' is not one of"},
      {"f32/normal(3)/4x10/labels+weights/mean/seed=7", "'s' is not one of"},
      {"f32/normal(3)/4x10/labels+ignore+weight/mean/seed=7", "'+weight' is not one of"},
      {"f32/normal(3)/4x10/labels+weight+weight/mean/seed=7", "in this order"},
      {"f32/normal(3)/4x10/labels+smoothing=/mean/seed=7", "'' is not a smoothing"},
      {"f32/normal(3)/4x10/labels+smoothing=0.1+weight/mean/seed=7", "'+weight' is not one of"},
      {"f32/normal(3)/4x10/labels+smoothing=nan/mean/seed=7", "the smoothing nan is not in [0, 1]"},
      {"f32/normal(3)/4x10/labels+smoothing=-0.1/mean/seed=7", "the smoothing -0.1 is not in"},
      {"f32/normal(3)/4x10/labels+smoothing=1.1/mean/seed=7", "the smoothing 1.1 is not in"},
      {"f32/normal(3)/4x10/probs+ignore/mean/seed=7", "an ignored label needs labels, not probs"},
      {"f32/normal(3)/4x10/csr+ignore/mean/seed=7", "an ignored label needs labels, not csr"},
      {"f32/normal(3)/4x10/labels=tiny/mean/seed=7", "needs probs or csr, not labels"},
      {"f32/normal(3)/4x10/probs=/mean/seed=7",
       "'' is not a band; there are ordinary, zero, subnormal"},
      {"f32/normal(3)/4x10/probs+weight=big/mean/seed=7", "'big' is not a band"},
      {"f32/normal(3)/4x10/labels/average/seed=7", "'average' is not a reduction"},
      {"f32/normal(3)/4x10/labels/mean/7", "'7' is not seed=NUMBER"},
      {"f32/normal(3)/4x10/labels/mean/seed=-7", "'-7' is not a seed"},
      {"f32/normal(3)/4x10/labels/mean/seed=18446744073709551616", "is not a seed"},
  };
  for (const auto& [id, part] : id_and_part)
    expect_fault<InvalidRecipe>([text = id] { parse_recipe(text); }, part);
}

}  // namespace
