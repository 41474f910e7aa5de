// SPDX-License-Identifier: MIT
// What an implementation does not offer: it is refused by name before the kernel runs, and not
// timed.
#include <string>

#include <gtest/gtest.h>

#include <xent/implementation.hpp>
#include <xent/validate.hpp>

#include "bench/engine.hpp"
#include "cases/case.hpp"
#include "tests/bench/tiny_plan.hpp"
#include "tests/support/expect_fault.hpp"

namespace {

using namespace xent;
using tests::expect_fault;

/// A right implementation that offers less than it can.
Implementation offering(const Offers& offers) {
  Implementation implementation = tests::right();
  implementation.name = "fewer offers";
  implementation.f32.offers = offers;
  return implementation;
}

void refused(const Offers& offers, const std::string& targets, const std::string& what) {
  const auto made = cases::make_case<float>(
      cases::parse_recipe("f32/normal(3)/4x10/" + targets + "/none/seed=1"));
  std::vector<float> loss(4);
  const Outputs<float> out{.loss = {loss.data(), 4}};
  const Contract<float> less = offering(offers).f32;
  expect_fault<InvalidProblem>([&] { validate(less, made.problem(), out); },
                               what + " is not supported");
  validate(tests::right().f32, made.problem(), out);  // throws nothing
}

TEST(Offers, NotTimed) {
  const Implementation less = offering({});
  bench::Plan plan = tests::tiny_plan({&less}, false);
  plan.dtypes = {DType::f32};
  plan.forms = {{.targets = cases::TargetKind::labels}, {.targets = cases::TargetKind::csr}};
  const auto found = bench::run(plan);
  EXPECT_TRUE(found.timings.size() == 2 && found.skipped.size() == 2)
      << "labels are timed, csr is not";
  for (const auto& skipped : found.skipped)
    EXPECT_NE(skipped.text.find("does not take csr"), std::string::npos) << skipped.text;
}

TEST(Offers, WhatIsLackingIsRefused) {
  refused({.weight = true, .ignore_index = true, .label_smoothing = true}, "csr", "csr");
  refused({.csr = true, .ignore_index = true, .label_smoothing = true}, "labels+weight", "weight");
  refused({.csr = true, .weight = true, .label_smoothing = true}, "labels+ignore", "ignore_index");
  refused({.csr = true, .weight = true, .ignore_index = true}, "probs+smoothing=0.1",
          "label_smoothing");
}

}  // namespace
