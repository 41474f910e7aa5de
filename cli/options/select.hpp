// SPDX-License-Identifier: MIT
// Selection: names and patterns of the command line as the things they stand for.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include <xent/element.hpp>
#include <xent/implementation.hpp>

#include "bench/workload/shape.hpp"
#include "cases/case.hpp"
#include "properties/budget.hpp"
#include "properties/law.hpp"

namespace xent::cli {

/// What the reference is called where an implementation could stand.
inline constexpr std::string_view reference_name = "reference";

/// The implementations that match one of the comma-separated patterns, each once. Throws UsageError
/// where a pattern matches none.
std::vector<const Implementation*> select_implementations(const std::string& patterns);

/// What laws and errors are of.
struct Subject {
  const Implementation* implementation;
  DType dtype;
};

/// "simd f32".
std::string to_string(const Subject& subject);

/// The implementations that match one of the patterns, each in that element type, or where it is ""
/// in all that implementations take. Throws UsageError where a pattern matches none.
std::vector<Subject> select_subjects(const std::string& patterns, const std::string& dtype);

/// The laws that match one of the comma-separated patterns, each once. Throws UsageError where a
/// pattern matches none.
std::vector<const properties::Law*> select_laws(const std::string& patterns);

/// What the results of a problem are given as: losses and their gradients, or their negatives.
enum class Result { loss, log_probs };
inline constexpr Result all_results[] = {Result::loss, Result::log_probs};
constexpr std::string_view to_string(Result result) {
  return result == Result::loss ? "loss" : "log-probs";
}

/// Each takes the name in any case of its letters, and throws UsageError for one that is unknown,
/// with the nearest known ones, or all of them.
const Implementation& the_implementation(const std::string& name);
/// The name of an implementation, or reference_name.
std::string the_evaluator(const std::string& name);
DType the_dtype(const std::string& name);
/// Throws UsageError for the first name of an element type that is not known; "" names none.
void require_dtypes(std::initializer_list<std::string> names);
/// "f32, f64, bf16 or f16": all element types, or those whose elements have so many bytes.
std::string dtype_names(std::size_t bytes = 0);
Tier the_tier(const std::string& name);
Reduction the_reduction(const std::string& name);
Input the_input(const std::string& name);
Result the_result(const std::string& name);
cases::TargetKind the_target_kind(const std::string& name);
bench::Layout the_layout(const std::string& name);
properties::Budget the_budget(const std::string& name);

/// Its name as this machine spells it; "" stands for the best one.
std::string the_instruction_set(const std::string& name);

}  // namespace xent::cli
