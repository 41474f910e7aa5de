// SPDX-License-Identifier: MIT
// Accuracy: errors against certified values, summed up and family by family.
#include <optional>
#include <set>
#include <tuple>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "reports/groups.hpp"
#include "reports/number.hpp"
#include "reports/records/outcome.hpp"
#include "reports/records/pick.hpp"
#include "reports/records/verdict.hpp"
#include "reports/sections.hpp"

namespace xent::reports::sections {
namespace {

using Records = Group<AccuracyRecord>;

std::string who(const AccuracyRecord& record) {
  return variant(record.implementation, record.instruction_set);
}

using Measure = std::optional<double> ErrorStats::*;

/// The largest of a measure in the group.
std::string largest(const Records& group, Measure measure) {
  std::optional<double> found;
  for (const AccuracyRecord* one : group) found = larger(found, one->errors.*measure);
  return measured_up(found);
}

/// The witness of the largest error in ulp of the exact value.
const Witness& worst_input(const Records& group) {
  const ErrorStats* found = &group.front()->errors;
  for (const AccuracyRecord* one : group)
    if (one->errors.max_ulp > found->max_ulp) found = &one->errors;
  return found->max_witness;
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
  const Verdict verdict = verdict_of(group);
  return {{fmt::format("{}", count)},
          {largest(group, &ErrorStats::max_ulp)},
          {largest(group, &ErrorStats::p99)},
          {percent(correctly_rounded, count)},
          {largest(group, &ErrorStats::max_terms_ulp)},
          {largest(group, &ErrorStats::max_backward)},
          {largest(group, &ErrorStats::max_ratio)},
          {categories_text(categories_of(group))},
          {.text = outcome_name(verdict),
           .note = undecided > 0 ? fmt::format("{} undecided", undecided) : "",
           .verdict = verdict},
          witness_cell(worst_input(group))};
}

Table table(std::string caption, std::vector<Column> columns) {
  Table made{std::move(caption), std::move(columns)};
  made.heads = made.columns.size();
  for (const Column& one :
       {Column{"results", "", true}, Column{"largest error, ulp", "", true},
        Column{"99 % below, ulp", "", true}, Column{"correctly rounded, %", "", true},
        Column{"largest error, ulp of the terms", "", true}, Column{"backward error", "", true},
        Column{"error / contract", "", true}, Column{"special values wrong"}, Column{"verdict"},
        Column{"worst input"}})
    made.columns.push_back(one);
  return made;
}

void append_row(Table& table, std::vector<Cell> heads, const Records& group) {
  for (Cell& one : figures(group)) heads.push_back(std::move(one));
  table.rows.push_back(std::move(heads));
}

/// The records of one quantity of a group that is of one family.
Records of_quantity(const Records& group, std::string_view quantity) {
  Records found;
  for (const AccuracyRecord* one : group)
    if (one->quantity == quantity) found.push_back(one);
  return found;
}

/// "C = 2, 10, 1000": the numbers of classes that were judged.
std::string classes_text(const Records& group) {
  std::set<std::int64_t> classes;
  for (const AccuracyRecord* one : group)
    for (const JudgedCase& judged : one->cases) classes.insert(judged.classes);
  return classes.empty() ? "outside the domain" : fmt::format("C = {}", fmt::join(classes, ", "));
}

/// A row for each family or data set: what matters of the loss and of the gradient.
Table families(const Records& subject) {
  Table made{fmt::format("{} {}, family by family", who(*subject.front()), subject.front()->dtype),
             {{"cases"}}};
  for (const char* group : {"loss", "gradient"})
    for (const char* title :
         {"results", "largest error, ulp", "correctly rounded, %", "error / contract"})
      made.columns.push_back({title, group, true});
  made.columns.push_back({"verdict"});
  made.folded = true;
  for (const Records& group :
       grouped(subject, [](const AccuracyRecord& one) { return one.source; })) {
    std::vector<Cell> row = {{.text = group.front()->source, .note = classes_text(group)}};
    for (const char* quantity : {"loss", "grad"}) {
      const Records part = of_quantity(group, quantity);
      std::int64_t count = 0;
      std::int64_t rounded = 0;
      for (const AccuracyRecord* one : part) {
        count += one->errors.count;
        rounded += one->errors.correctly_rounded;
      }
      row.push_back({fmt::format("{}", count)});
      row.push_back({largest(part, &ErrorStats::max_ulp)});
      row.push_back({percent(rounded, count)});
      row.push_back({largest(part, &ErrorStats::max_ratio)});
    }
    const Verdict verdict = verdict_of(group);
    row.push_back({.text = outcome_name(verdict), .verdict = verdict});
    made.rows.push_back(std::move(row));
  }
  return made;
}

}  // namespace

Section accuracy(const Results& results) {
  Section section{"accuracy", "Accuracy", "No accuracy was judged in these results."};
  if (results.accuracy.empty()) return section;
  section.text =
      "Every result is compared with a certified enclosure of its exact value. Errors are rounded "
      "up, shares down; an ulp is that of the exact value unless it is said to be that of the "
      "terms, which is the contract's.";
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
       }))
    section.blocks.emplace_back(families(subject));
  return section;
}

}  // namespace xent::reports::sections
