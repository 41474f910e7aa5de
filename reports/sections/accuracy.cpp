// SPDX-License-Identifier: MIT
// Accuracy: errors against certified values, summed up and set by set.
#include <cmath>
#include <set>
#include <tuple>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "reports/groups.hpp"
#include "reports/number.hpp"
#include "reports/outcome.hpp"
#include "reports/pick.hpp"
#include "reports/sections.hpp"
#include "reports/verdict.hpp"

namespace xent::reports::sections {
namespace {

using Records = Group<AccuracyRecord>;

std::string who(const AccuracyRecord& record) {
  return variant(record.implementation, record.instruction_set);
}

/// The record of the group that is worst by a member of its errors; NaN is worst.
const AccuracyRecord& worst(const Records& group, double ErrorStats::*member) {
  const AccuracyRecord* found = group.front();
  for (const AccuracyRecord* one : group)
    if (std::isnan(one->errors.*member) || one->errors.*member > found->errors.*member) found = one;
  return *found;
}

Verdict verdict_of(const Records& group) {
  Verdict worst = Verdict::skipped;
  for (const AccuracyRecord* one : group) worst = worse(worst, one->verdict);
  return worst;
}

Categories categories_of(const Records& group) {
  Categories sum;
  for (const AccuracyRecord* one : group)
    for (const CategoryName& name : all_categories)
      sum.*name.member += one->errors.categories.*name.member;
  return sum;
}

Cell witness_cell(const Witness& witness) {
  if (witness.case_id.empty()) return {"–"};
  return {.text = "witness", .witness = &witness};
}

/// The source of a set of records, and the numbers of classes that were judged.
Cell source(const Records& group) {
  std::set<std::int64_t> classes;
  for (const AccuracyRecord* one : group)
    if (one->rows > 0) classes.insert(one->classes);
  return {.text = group.front()->source,
          .note = classes.empty() ? "outside the domain"
                                  : fmt::format("C = {}", fmt::join(classes, ", "))};
}

/// The cells that a set of results and a group of sets have in common.
std::vector<Cell> figures(const Records& group) {
  std::int64_t count = 0;
  std::int64_t correctly_rounded = 0;
  std::int64_t undecided = 0;
  for (const AccuracyRecord* one : group) {
    count += one->errors.count;
    correctly_rounded += one->errors.correctly_rounded;
    undecided += one->errors.undecided;
  }
  const ErrorStats& largest = worst(group, &ErrorStats::max_ulp).errors;
  const Verdict verdict = verdict_of(group);
  return {{fmt::format("{}", count)},
          {three_digits_up(largest.max_ulp)},
          {three_digits_up(worst(group, &ErrorStats::p99).errors.p99)},
          {percent(correctly_rounded, count)},
          {three_digits_up(worst(group, &ErrorStats::max_backward).errors.max_backward)},
          {three_digits_up(worst(group, &ErrorStats::max_ratio).errors.max_ratio)},
          {categories_text(categories_of(group))},
          {.text = outcome_name(verdict),
           .note = undecided > 0 ? fmt::format("{} undecided", undecided) : "",
           .verdict = verdict},
          witness_cell(largest.max_witness)};
}

Table table(std::string caption, std::vector<Column> columns) {
  Table made{std::move(caption), std::move(columns)};
  made.heads = made.columns.size();
  for (const Column& one :
       {Column{"results", "", true}, Column{"largest error, ulp", "", true},
        Column{"99 % below, ulp", "", true}, Column{"correctly rounded, %", "", true},
        Column{"backward error", "", true}, Column{"error / contract", "", true},
        Column{"special values wrong"}, Column{"verdict"}, Column{"worst input"}})
    made.columns.push_back(one);
  return made;
}

void append_row(Table& table, std::vector<Cell> heads, const Records& group) {
  for (Cell& one : figures(group)) heads.push_back(std::move(one));
  table.rows.push_back(std::move(heads));
}

}  // namespace

Section accuracy(const Results& results) {
  Section section{"accuracy", "Accuracy", "No accuracy was judged in these results."};
  if (results.accuracy.empty()) return section;
  section.text =
      "Every result is compared with a certified enclosure of its exact value. Errors are rounded "
      "up, shares down.";
  Table summary = table("All sets of cases together",
                        {{"implementation"}, {"dtype"}, {"quantity"}, {"promise"}});
  for (const Records& group : grouped(pointers(results.accuracy), [](const AccuracyRecord& one) {
         return std::tuple(who(one), one.dtype, one.quantity, one.tier);
       })) {
    const AccuracyRecord& one = *group.front();
    append_row(summary, {{who(one)}, {one.dtype}, {one.quantity}, {one.tier}}, group);
  }
  section.blocks.emplace_back(std::move(summary));
  for (const Records& subject : grouped(pointers(results.accuracy), [](const AccuracyRecord& one) {
         return std::tuple(who(one), one.dtype);
       })) {
    Table sets =
        table(fmt::format("{} {}, set by set", who(*subject.front()), subject.front()->dtype),
              {{"cases"}, {"targets"}, {"quantity"}});
    sets.folded = true;
    for (const Records& group : grouped(subject, [](const AccuracyRecord& one) {
           return std::tuple(one.source, one.targets, one.quantity);
         }))
      append_row(sets,
                 {source(group), {form_name(group.front()->targets)}, {group.front()->quantity}},
                 group);
    section.blocks.emplace_back(std::move(sets));
  }
  return section;
}

}  // namespace xent::reports::sections
