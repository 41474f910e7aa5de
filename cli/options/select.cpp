// SPDX-License-Identifier: MIT
// Selection by name, with the known names in every complaint.

#include "cli/options/select.hpp"

#include <algorithm>
#include <functional>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "cli/options/patterns.hpp"
#include "cli/verb.hpp"
#include "system/nearest_names.hpp"

namespace xent::cli {
namespace {

/// That nothing in `all` has the name that was wanted, and what may have been meant.
template <class Range, class Name>
UsageError unknown(const Range& all, const std::string& wanted, std::string_view kind, Name name) {
  std::vector<std::string> names;
  names.reserve(std::size(all));
  for (const auto& one : all) names.emplace_back(name(one));
  return UsageError{fmt::format("unknown {} '{}'{}", kind, wanted, suggestion(wanted, names))};
}

/// The element of `all` with that name, in any case of its letters.
template <class Range, class Name>
auto named(const Range& all, const std::string& wanted, std::string_view kind, Name name) {
  for (const auto& one : all)
    if (same_name(name(one), wanted)) return one;
  throw unknown(all, wanted, kind, name);
}

/// The elements of `all` that match one of the patterns, each once.
template <class Range>
auto matching(const Range& all, const std::string& patterns, std::string_view kind) {
  std::vector<typename Range::value_type> found;
  const auto list = split(patterns);
  for (const auto* one : all)
    if (std::any_of(list.begin(), list.end(),
                    [&](const std::string& pattern) { return matches(pattern, one->name); }))
      found.push_back(one);
  for (const std::string& pattern : list)
    if (std::none_of(found.begin(), found.end(),
                     [&](const auto* one) { return matches(pattern, one->name); }))
      throw unknown(all, pattern, kind, [](const auto* one) { return one->name; });
  return found;
}

constexpr auto enumerator_name = [](auto value) { return to_string(value); };

}  // namespace

std::vector<const Implementation*> select_implementations(const std::string& patterns) {
  return matching(implementations(), patterns, "implementation");
}

std::string to_string(const Subject& subject) {
  return fmt::format("{} {}", subject.implementation->name, to_string(subject.dtype));
}

std::vector<Subject> select_subjects(const std::string& patterns, const std::string& dtype) {
  std::vector<Subject> all;
  for (const auto* implementation : select_implementations(patterns))
    for (const DType one : all_dtypes)
      if (dtype.empty() || one == the_dtype(dtype)) all.push_back({implementation, one});
  return all;
}

std::vector<const properties::Law*> select_laws(const std::string& patterns) {
  return matching(properties::laws(), patterns, "law");
}

const Implementation& the_implementation(const std::string& name) {
  return *named(implementations(), name, "implementation", [](const auto* i) { return i->name; });
}

std::string the_evaluator(const std::string& name) {
  std::vector<std::string_view> names = {reference_name};
  for (const auto* one : implementations()) names.push_back(one->name);
  return std::string(named(names, name, "implementation", std::identity()));
}

DType the_dtype(const std::string& name) {
  return named(all_dtypes, name, "element type", enumerator_name);
}

void require_dtypes(std::initializer_list<std::string> names) {
  for (const std::string& name : names)
    if (!name.empty()) the_dtype(name);
}

std::string dtype_names(std::size_t bytes) {
  std::vector<std::string> names;
  for (const DType dtype : all_dtypes)
    if (bytes == 0 || size_of(dtype) == bytes) names.emplace_back(to_string(dtype));
  const std::string last = names.back();
  names.pop_back();
  return names.empty() ? last : fmt::format("{} or {}", fmt::join(names, ", "), last);
}

Tier the_tier(const std::string& name) { return named(all_tiers, name, "tier", enumerator_name); }

Reduction the_reduction(const std::string& name) {
  return named(all_reductions, name, "reduction", enumerator_name);
}

Input the_input(const std::string& name) {
  return named(all_inputs, name, "input", enumerator_name);
}

Result the_result(const std::string& name) {
  return named(all_results, name, "result", enumerator_name);
}

cases::TargetKind the_target_kind(const std::string& name) {
  return named(cases::all_target_kinds, name, "target form", enumerator_name);
}

bench::Layout the_layout(const std::string& name) {
  return named(bench::all_layouts, name, "layout", enumerator_name);
}

properties::Budget the_budget(const std::string& name) {
  return named(properties::budgets, name, "budget", [](const auto& b) { return b.name; });
}

std::string the_instruction_set(const std::string& name) {
  if (name.empty()) return name;
  return named(instruction_sets(), name, "instruction set", std::identity());
}

}  // namespace xent::cli
