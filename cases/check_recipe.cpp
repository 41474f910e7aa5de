// SPDX-License-Identifier: MIT
// Which recipes make a case.
#include <cmath>

#include <fmt/format.h>

#include <xent/validate.hpp>

#include "cases/case_shape.hpp"
#include "cases/family.hpp"
#include "system/nearest_names.hpp"

namespace xent::cases {
namespace {

void check_shape(const Recipe& r, const Family& family) {
  if (r.rows < 0 || r.classes < 1)
    throw InvalidRecipe(
        fmt::format("the shape {}x{} has no classes or fewer than no rows", r.rows, r.classes));
  if (!is_case_shape(r.rows, r.classes))
    throw InvalidRecipe(fmt::format("the shape {}x{} has more than 2^30 logits, rows or classes",
                                    r.rows, r.classes));
  if (family.classes != 0 && r.classes != family.classes)
    throw InvalidRecipe(
        fmt::format("{} has {} classes, not {}", family.name, family.classes, r.classes));
  if (family.data_set && r.rows > family.rows)
    throw InvalidRecipe(fmt::format("{} has {} rows, not {}", family.name, family.rows, r.rows));
}

void check_scale(const Recipe& r, const Family& family) {
  if (family.data_set) return;
  if (!std::isfinite(r.scale) || std::signbit(r.scale))
    throw InvalidRecipe(fmt::format("the scale {} is not a finite number >= 0", r.scale));
  if (family.magnitude(r.scale) > format_of(r.dtype).largest)
    throw InvalidRecipe(fmt::format("the scale {} makes logits beyond the range of {}", r.scale,
                                    to_string(r.dtype)));
}

void check_options(const Recipe& r) {
  const bool soft = r.targets == TargetKind::probs || r.targets == TargetKind::csr;
  if (r.probs != Band::ordinary && !soft)
    throw InvalidRecipe(
        fmt::format("a band of probabilities needs probs or csr, not {}", to_string(r.targets)));
  if (r.weights != Band::ordinary && !r.weighted)
    throw InvalidRecipe("a band of weights needs weights");
  if (r.ignoring && r.targets != TargetKind::labels)
    throw InvalidRecipe(fmt::format("an ignored label needs labels, not {}", to_string(r.targets)));
#define XENT_OPTION(name, word, least, most, ...)            \
  if (r.word != 0 && !(least <= r.word && r.word <= (most))) \
    throw InvalidRecipe(fmt::format("the {} {} is not in [{}, {}]", #word, r.word, least, most));
  XENT_NUMBER_OPTIONS(XENT_OPTION)
#undef XENT_OPTION
  if (r.kl_divergence && (r.targets == TargetKind::labels || r.weighted))
    throw InvalidRecipe("a divergence needs soft targets, and no class weights");
  if (const std::string fault = unfit_option(options_of(r)); !fault.empty())
    throw InvalidRecipe(fault);
}

}  // namespace

const Family& require_family(std::string_view name) {
  std::vector<std::string> names;
  for (const Family& family : families()) {
    if (same_name(family.name, name)) return *find_family(family.name);
    names.emplace_back(family.name);
  }
  throw InvalidRecipe(fmt::format("'{}' is not a family{}", name, suggestion(name, names)));
}

void check_recipe(const Recipe& recipe) {
  const Family& family = require_family(recipe.family);
  check_shape(recipe, family);
  check_scale(recipe, family);
  check_options(recipe);
}

}  // namespace xent::cases
