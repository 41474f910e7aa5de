// SPDX-License-Identifier: MIT
// Special rows among plain ones.

#include "properties/policy/special_batches.hpp"

#include <algorithm>
#include <cmath>
#include <string>

#include "properties/policy/special_rows.hpp"

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
  const double largest = format_of(loss_dtype_of(dtype)).largest;
  const bool overflows = std::isfinite(row.loss) && row.loss > static_cast<long double>(largest);
  for (const Reduction reduction : all_reductions) {
    if (overflows && reduction == Reduction::mean)
      continue;  // inf or the finite mean, both are right
    for (const Form form : {Form::labels, Form::probs, Form::csr})
      if (form != Form::labels || is_one_hot(row)) all.push_back(batch(row, form, reduction));
  }
}

}  // namespace

std::vector<PolicyRow> special_batches(DType dtype) {
  std::vector<PolicyRow> all;
  for (const SpecialRow& row : special_rows(format_of(dtype))) add_batches(row, dtype, all);
  return all;
}

}  // namespace xent::properties
