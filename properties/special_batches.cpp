// SPDX-License-Identifier: MIT
// Special rows among plain ones, and special weights.

#include "properties/special_batches.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>

#include "properties/special_rows.hpp"

namespace xent::properties {
namespace {

enum class Form { labels, probs, csr };

std::string name_of(Form form) {
  return form == Form::labels ? "labels" : form == Form::probs ? "probs" : "csr";
}

CsrRows csr_of(const Rows& rows) {
  CsrRows csr{.offsets = {0}, .classes = {}, .probs = {}};
  for (const std::vector<double>& row : rows) {
    for (std::size_t j = 0; j < row.size(); ++j) {
      if (row[j] == 0) continue;
      csr.classes.push_back(static_cast<std::int64_t>(j));
      csr.probs.push_back(row[j]);
    }
    csr.offsets.push_back(std::ssize(csr.classes));
  }
  return csr;
}

std::vector<std::int64_t> labels_of(const Rows& rows) {
  std::vector<std::int64_t> labels;
  for (const std::vector<double>& row : rows)
    labels.push_back(std::max_element(row.begin(), row.end()) - row.begin());
  return labels;
}

void set_targets(const Rows& probs, Form form, PolicyRow& made) {
  if (form == Form::labels)
    made.targets = labels_of(probs);
  else if (form == Form::csr)
    made.targets = csr_of(probs);
  else
    made.targets = probs;
}

PolicyRow batch(const SpecialRow& special, Form form, Reduction reduction) {
  const SpecialRow plain = plain_row(special.logits.size());
  const std::vector<SpecialRow> rows = {plain, special, plain};
  const auto n = static_cast<long double>(rows.size());
  PolicyRow made{
      .name = special.name + ", " + name_of(form) + ", " + std::string(to_string(reduction)),
      .logits = {},
      .targets = {},
      .reduction = reduction};
  Rows probs;
  long double sum = 0;
  for (const SpecialRow& row : rows) {
    made.logits.push_back(row.logits);
    probs.push_back(row.probs);
    made.loss.push_back(row.loss);
    sum += row.loss;
    for (const long double g : row.grad)
      made.grad.push_back(reduction == Reduction::mean ? g / n : g);
  }
  if (reduction != Reduction::none) made.loss = {reduction == Reduction::mean ? sum / n : sum};
  set_targets(probs, form, made);
  return made;
}

void add_batches(const SpecialRow& row, DType dtype, std::vector<PolicyRow>& all) {
  const double largest = format_of(loss_dtype_of(dtype)).largest();
  const bool overflows = std::isfinite(row.loss) && row.loss > static_cast<long double>(largest);
  for (const Reduction reduction : all_reductions) {
    if (overflows && reduction == Reduction::mean)
      continue;  // inf or the finite mean, both are right
    for (const Form form : {Form::labels, Form::probs, Form::csr})
      if (form != Form::labels || is_one_hot(row)) all.push_back(batch(row, form, reduction));
  }
}

// Smoothed labels on logits of 0. At one class a weight of NaN or inf, which makes the row NaN, or
// a masked logit, which a weight of 0 takes out and a negative one turns the sign of.
void add_special_weights(std::size_t at, std::vector<PolicyRow>& all) {
  constexpr std::size_t classes = 19;
  constexpr std::size_t label = 5;
  constexpr long double eps = 0.5;
  constexpr double inf = std::numeric_limits<double>::infinity();
  constexpr double nan = std::numeric_limits<double>::quiet_NaN();
  const std::string where = " at class " + std::to_string(at) + " of 19";
  for (const double weight : {nan, inf, 0.0, -1.0}) {
    const bool masked = std::isfinite(weight);
    PolicyRow row{.name = "weight " + std::to_string(weight) + (masked ? " and -inf" : "") + where,
                  .logits = {std::vector<double>(classes, 0)},
                  .targets = std::vector<std::int64_t>{label},
                  .weight = std::vector<double>(classes, 1),
                  .smoothing = static_cast<double>(eps)};
    row.weight[at] = weight;
    std::vector<long double> c(classes, eps / classes);
    c[label] += 1 - eps;
    c[at] *= static_cast<long double>(weight);
    long double total = 0;
    for (const long double c_j : c) total += c_j;
    if (masked) row.logits[0][at] = -inf;
    const auto others = static_cast<long double>(classes - 1);
    row.loss = {weight == 0 ? total * std::log(others) : masked ? -inf : nan};
    for (std::size_t j = 0; j < classes; ++j)
      row.grad.push_back(!masked ? nan : (j == at ? 0 : total / others) - c[j]);
    all.push_back(std::move(row));
  }
}

// A loss of 0 is +0, also times or over a negative weight.
void add_negative_weights(std::vector<PolicyRow>& all) {
  for (const Reduction reduction : all_reductions)
    all.push_back({.name = "one class of weight -0.7, " + std::string(to_string(reduction)),
                   .logits = {{5}},
                   .targets = std::vector<std::int64_t>{0},
                   .weight = {-0.7},
                   .reduction = reduction,
                   .loss = {0},
                   .grad = {0}});
}

}  // namespace

std::vector<PolicyRow> special_batches(DType dtype) {
  std::vector<PolicyRow> all;
  for (const SpecialRow& row : special_rows(format_of(dtype))) add_batches(row, dtype, all);
  for (std::size_t at = 0; at < 19; ++at) add_special_weights(at, all);
  add_negative_weights(all);
  return all;
}

}  // namespace xent::properties
