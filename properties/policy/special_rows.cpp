// SPDX-License-Identifier: MIT
// The table of special rows.

#include "properties/policy/special_rows.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>

namespace xent::properties {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();
constexpr double inf = std::numeric_limits<double>::infinity();

using Rows = std::vector<SpecialRow>;

// Loss and gradient row are NaN.
void add_nan_row(Rows& rows, std::string name, std::vector<double> logits,
                 std::vector<double> probs) {
  const std::vector<long double> grad(logits.size(), std::numeric_limits<long double>::quiet_NaN());
  rows.push_back({std::move(name), std::move(logits), std::move(probs), grad.front(), grad});
}

void add_rows_without_loss(Rows& rows) {
  add_nan_row(rows, "only -inf", {-inf, -inf, -inf}, {0, 1, 0});
  add_nan_row(rows, "only -inf, no probability", {-inf, -inf}, {0, 0});
  add_nan_row(rows, "only +inf", {inf, inf}, {1, 0});
  add_nan_row(rows, "+inf at the label, the rest -inf", {-inf, inf}, {0, 1});
  add_nan_row(rows, "NaN beside -inf", {-inf, nan, -inf}, {1, 0, 0});
  add_nan_row(rows, "NaN beside +inf", {inf, nan, 0}, {0, 0, 1});
  add_nan_row(rows, "NaN of negative sign", {0, -nan}, {1, 0});
  add_nan_row(rows, "probability 0 at NaN, soft", {0, 1, nan}, {0.5, 0.5, 0});
  add_nan_row(rows, "probability 0 at +inf, soft", {0, 1, inf}, {0.5, 0.5, 0});
  add_nan_row(rows, "a probability of NaN", {0, 1}, {nan, 0.5});
  add_nan_row(rows, "a probability of +inf", {0, 1}, {inf, 0.5});
  add_nan_row(rows, "C = 1, NaN", {nan}, {1});
  add_nan_row(rows, "C = 1, +inf", {inf}, {1});
  add_nan_row(rows, "C = 1, -inf", {-inf}, {1});
}

// One special logit at each place of a row, so that every lane and every tail of a vector meets it.
void add_rows_of_each_place(Rows& rows) {
  constexpr std::size_t classes = 19;
  constexpr std::size_t label = 5;
  constexpr long double p = 1.0L / (classes - 1);
  std::vector<double> probs(classes, 0);
  probs[label] = 1;
  for (std::size_t j = 0; j < classes; ++j) {
    const std::string where = " at class " + std::to_string(j) + " of 19";
    std::vector<double> logits(classes, 0);
    logits[j] = nan;
    add_nan_row(rows, "NaN" + where, logits, probs);
    logits[j] = inf;
    add_nan_row(rows, "+inf" + where, logits, probs);
    logits[j] = -inf;
    std::vector<long double> grad(classes, p);
    grad[label] = j == label ? -1 : p - 1;
    if (j != label) grad[j] = 0;
    rows.push_back({"-inf" + where, logits, probs,
                    j == label ? std::numeric_limits<long double>::infinity()
                               : std::log(static_cast<long double>(classes - 1)),
                    grad});
  }
}

void add_masked_rows(Rows& rows) {
  const long double log_2 = std::log(2.0L);
  rows.push_back({"label at -inf", {0, 0, -inf}, {0, 0, 1}, inf, {0.5, 0.5, -1}});
  rows.push_back({"all but the label -inf", {-inf, 7, -inf}, {0, 1, 0}, 0, {0, 0, 0}});
  rows.push_back({"all but another class -inf", {-inf, 7, -inf}, {1, 0, 0}, inf, {-1, 1, 0}});
  rows.push_back({"probability 0 at -inf", {0, 0, -inf}, {0.5, 0.5, 0}, log_2, {0, 0, 0}});
  rows.push_back({"probability 1/2 at -inf", {0, -inf}, {0.5, 0.5}, inf, {0.5, -0.5}});
  rows.push_back({"no probability", {0, 0, -inf}, {0, 0, 0}, 0, {0, 0, 0}});
}

void add_extreme_rows(Rows& rows, const Format& format) {
  const long double log_2 = std::log(2.0L);
  const double largest = format.largest;
  const double smallest = std::ldexp(format.smallest_normal(), 1 - format.digits);
  const long double apart = std::exp(2.0L * static_cast<long double>(smallest));
  rows.push_back({"C = 1", {5}, {1}, 0, {0}});
  rows.push_back({"C = 1, largest negative", {-largest}, {1}, 0, {0}});
  rows.push_back({"largest at the label", {largest, -largest}, {1, 0}, 0, {0, 0}});
  rows.push_back(
      {"largest against the label", {largest, -largest}, {0, 1}, 2.0L * largest, {1, -1}});
  rows.push_back({"largest, tied", {largest, largest}, {1, 0}, log_2, {-0.5, 0.5}});
  rows.push_back({"largest negative, tied", {-largest, -largest}, {1, 0}, log_2, {-0.5, 0.5}});
  rows.push_back({"smallest",
                  {smallest, -smallest},
                  {0, 1},
                  std::log1p(apart),
                  {apart / (1 + apart), -apart / (1 + apart)}});
  rows.push_back({"zeros of either sign", {-0.0, 0.0}, {1, 0}, log_2, {-0.5, 0.5}});
}

}  // namespace

bool is_one_hot(const SpecialRow& row) {
  const std::vector<double>& q = row.probs;
  return std::count(q.begin(), q.end(), 1) == 1 &&
         std::count(q.begin(), q.end(), 0) + 1 == std::ssize(q);
}

SpecialRow plain_row(std::size_t classes) {
  const auto c = static_cast<long double>(classes);
  SpecialRow row{.name = "plain",
                 .logits = std::vector<double>(classes, 0),
                 .probs = std::vector<double>(classes, 0),
                 .loss = std::log(c),
                 .grad = std::vector<long double>(classes, 1 / c)};
  row.probs[0] = 1;
  row.grad[0] = 1 / c - 1;
  return row;
}

std::vector<SpecialRow> special_rows(const Format& format) {
  Rows rows;
  add_rows_without_loss(rows);
  add_rows_of_each_place(rows);
  add_masked_rows(rows);
  add_extreme_rows(rows, format);
  return rows;
}

}  // namespace xent::properties
