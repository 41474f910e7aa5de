// SPDX-License-Identifier: MIT
// Slim: each largest error / contract of a kind of targets can be named, by the witness of its
// record or by the place of its case, and nothing says it twice.
#include "properties/judging/slim.hpp"

#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace {

using namespace xent;

JudgedCase judged(const std::string& id, const char* targets, double ratio) {
  return {
      .targets = targets, .classes = 2, .rows = 3, .max_ratio = ratio, .place = id + " (row 1)"};
}

/// A record of an element type; its witness is of the first case, which has the largest ratio.
AccuracyRecord record(const char* dtype, std::vector<JudgedCase> cases) {
  AccuracyRecord made;
  made.implementation = "simd";
  made.dtype = dtype;
  made.source = "normal";
  made.quantity = "loss";
  made.verdict = Verdict::passed;
  made.errors.max_ratio = cases.front().max_ratio;
  made.errors.ratio_witness.case_id = cases.front().place.substr(0, cases.front().place.find(' '));
  made.errors.ratio_witness.row = 1;
  made.cases = std::move(cases);
  return made;
}

TEST(Slim, PlacesOfTheLargest) {
  std::vector<AccuracyRecord> records = {
      record("f32", {judged("a", "labels", 0.5), judged("b", "probs", 0.25),
                     judged("c", "labels+weight", 0.125)}),
      record("f64", {judged("d", "labels", 0.75), judged("e", "one_hot", 0.125),
                     judged("f", "probs", 0.375), judged("g", "probs", 0.375)})};
  properties::slim(records);
  EXPECT_TRUE(records[0].errors.ratio_witness.case_id.empty()) << "f64 has the larger one";
  EXPECT_EQ(place_of(records[1].errors.ratio_witness), "d (row 1)") << "the largest of labels";
  std::vector<std::string> places;
  for (const AccuracyRecord& one : records)
    for (const JudgedCase& each : one.cases) places.push_back(each.place);
  EXPECT_EQ(places, (std::vector<std::string>{"", "", "", "", "", "f (row 1)", ""}))
      << "the largest of soft targets, the first of equals";
}

}  // namespace
