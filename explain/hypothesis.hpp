// SPDX-License-Identifier: MIT
// A Hypothesis is a thing that people do in place of the problem's definition: a change of the
// formula, in one variant or several, that may have one parameter.
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "explain/formula/formula.hpp"

namespace xent::explain {

/// The parameter of a variant. It is looked for between least and most, at points that are evenly
/// spaced by ratio, or, where the results are linear in it, computed.
struct Parameter {
  std::string_view symbol;
  double least = 0;
  double most = 0;
  bool linear = false;
  double neutral = 0;  // where the formula is the given one
};

/// One way in which the thing is done.
struct Variant {
  std::string sentence;  // plain English; {} stands for the parameter
  std::function<void(Formula&, double parameter)> plant;  // puts it into a formula
  std::optional<Parameter> parameter = {};
};

/// What a hypothesis changes. Of pairs only one of a reduction with one of another part is tried.
enum class Part { row, reduction, gradient };

struct Hypothesis {
  std::string_view name;     // explain/hypotheses/<file>.cpp has it
  std::string_view summary;  // for a table
  Part part = Part::row;
  /// Returns the variants that apply to this problem and these results; none where it makes no
  /// sense.
  std::vector<Variant> (*variants)(const Doubt&) = nullptr;
  /// The share of rows in which the roundings of a narrow arithmetic may fall otherwise.
  double outliers = 0;
  /// In f32 and f64 it is within the textbook's rounding; it shows in 16-bit results only.
  bool shows_in_16_bits = false;
  /// It makes no sense where log-probabilities or probabilities are given.
  bool needs_logits = false;
};

/// Returns all hypotheses, in the order of explain/hypotheses.def.
std::span<const Hypothesis* const> hypotheses();

/// Returns the hypothesis of that name, or nullptr.
const Hypothesis* find_hypothesis(std::string_view name);

}  // namespace xent::explain
