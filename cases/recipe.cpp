// SPDX-License-Identifier: MIT
// Recipes as text:
// DTYPE/FAMILY(SCALE)/NxC/TARGETS[=BAND][+weight[=BAND]][+row_weight][+ignore][+input=INPUT]
// [+kl_divergence][+OPTION=NUMBER…]/REDUCTION/seed=S, an OPTION being a word of
// XENT_NUMBER_OPTIONS, in their order.
#include <algorithm>
#include <array>
#include <charconv>

#include <fmt/format.h>

#include "cases/family.hpp"
#include "system/nearest_names.hpp"

namespace xent::cases {
namespace {

/// The whole of `text` as a number. Throws InvalidRecipe, naming `what` it should be.
template <class Number>
Number parse_number(std::string_view text, std::string_view what) {
  Number number = {};
  const char* end = text.data() + text.size();
  const auto [after, error] = std::from_chars(text.data(), end, number);
  if (error != std::errc() || after != end)
    throw InvalidRecipe(fmt::format("'{}' is not {}", text, what));
  return number;
}

/// The one of `all` whose name is `text`, in any case of its letters.
template <class Name, std::size_t n>
Name parse_name(std::string_view text, const Name (&all)[n], std::string_view what) {
  std::vector<std::string> names;
  for (const Name one : all) {
    if (same_name(to_string(one), text)) return one;
    names.emplace_back(to_string(one));
  }
  throw InvalidRecipe(fmt::format("'{}' is not {}{}", text, what, suggestion(text, names)));
}

void parse_shape(std::string_view text, Recipe& recipe) {
  const auto x = text.find('x');
  if (x == std::string_view::npos)
    throw InvalidRecipe(fmt::format("'{}' is not a shape, as in 4x10", text));
  recipe.rows = parse_number<std::ptrdiff_t>(text.substr(0, x), "a number of rows");
  recipe.classes = parse_number<std::ptrdiff_t>(text.substr(x + 1), "a number of classes");
}

/// Whether `text` begins with `front`, which is then taken off.
bool take(std::string_view& text, std::string_view front) {
  if (!text.starts_with(front)) return false;
  text.remove_prefix(front.size());
  return true;
}

/// The one of `all` that FRONT and its name at the front of `text` name, which are taken off; else
/// the first.
template <class Name, std::size_t n>
Name take_name(std::string_view& text, std::string_view front, const Name (&all)[n],
               std::string_view what) {
  if (!take(text, front)) return all[0];
  const std::string_view name = text.substr(0, text.find('+'));
  text.remove_prefix(name.size());
  return parse_name(name, all, what);
}

/// The band that "=BAND" at the front of `text` names, which is taken off; else the ordinary one.
Band take_band(std::string_view& text) { return take_name(text, "=", all_bands, "a band"); }

std::string band_text(Band band) {
  return band == Band::ordinary ? "" : fmt::format("={}", to_string(band));
}

bool is_letter(char c) { return ('a' <= c && c <= 'z') || ('A' <= c && c <= 'Z'); }

/// Takes the number up to the next option from the text: to a + before a letter, since an exponent
/// has one before digits.
double take_number(std::string_view& text, const char* what) {
  std::size_t end = text.find('+');
  while (end < text.size() && !(end + 1 < text.size() && is_letter(text[end + 1])))
    end = text.find('+', end + 1);
  const std::string_view number = text.substr(0, end);
  text.remove_prefix(number.size());
  return parse_number<double>(number, what);
}

void parse_targets(std::string_view text, Recipe& recipe) {
  const std::string_view kind = text.substr(0, text.find_first_of("+="));
  recipe.targets = parse_name(kind, all_target_kinds, "a form of targets");
  text.remove_prefix(kind.size());
  recipe.probs = take_band(text);
  recipe.weighted = take(text, "+weight");
  if (recipe.weighted) recipe.weights = take_band(text);
  recipe.row_weighted = take(text, "+row_weight");
  recipe.ignoring = take(text, "+ignore");
  recipe.input = take_name(text, "+input=", all_inputs, "an input");
  recipe.kl_divergence = take(text, "+kl_divergence");
#define XENT_OPTION(name, word, ...) \
  if (take(text, "+" #word "=")) recipe.word = take_number(text, "a " #word);
  XENT_NUMBER_OPTIONS(XENT_OPTION)
#undef XENT_OPTION
  if (text.empty()) return;
  std::string known = "+weight, +row_weight, +ignore, +input=INPUT, +kl_divergence";
#define XENT_OPTION(name, word, ...) known += ", +" #word "=NUMBER";
  XENT_NUMBER_OPTIONS(XENT_OPTION)
#undef XENT_OPTION
  throw InvalidRecipe(fmt::format("'{}' is not one of {}, in this order", text, known));
}

std::uint64_t parse_seed(std::string_view text) {
  constexpr std::string_view key = "seed=";
  if (!text.starts_with(key)) throw InvalidRecipe(fmt::format("'{}' is not seed=NUMBER", text));
  return parse_number<std::uint64_t>(text.substr(key.size()), "a seed");
}

std::array<std::string_view, 6> split(std::string_view id) {
  std::array<std::string_view, 6> parts;
  for (std::size_t k = 0; k < parts.size(); ++k) {
    const auto slash = id.find('/');
    if ((slash == std::string_view::npos) != (k + 1 == parts.size()))
      throw InvalidRecipe(
          "it has not six parts between slashes, as in "
          "f32/normal(3)/4x10/labels/mean/seed=7");
    parts[k] = id.substr(0, slash);
    id.remove_prefix(std::min(id.size(), parts[k].size() + 1));
  }
  return parts;
}

}  // namespace

void read_family(std::string_view text, Recipe& recipe) {
  const auto open = text.find('(');
  const Family& family = require_family(text.substr(0, open));
  recipe.family = family.name;
  if (family.data_set) {
    if (open != std::string_view::npos)
      throw InvalidRecipe(fmt::format("'{}': a data set has no scale", text));
    return;
  }
  if (open == std::string_view::npos || !text.ends_with(')'))
    throw InvalidRecipe(
        fmt::format("'{}' lacks its scale, as in {}({})", text, family.name, family.typical_scale));
  recipe.scale = parse_number<double>(text.substr(open + 1, text.size() - open - 2), "a scale");
}

std::string to_string(const Recipe& recipe) {
  const Family* family = find_family(recipe.family);
  const bool scaled = family == nullptr || !family->data_set;
  return fmt::format("{}/{}/{}x{}/{}/{}/seed={}", to_string(recipe.dtype),
                     scaled ? fmt::format("{}({})", recipe.family, recipe.scale) : recipe.family,
                     recipe.rows, recipe.classes, targets_text(recipe), to_string(recipe.reduction),
                     recipe.seed);
}

std::string targets_text(const Recipe& recipe) {
  const std::string weight = recipe.weighted ? "+weight" + band_text(recipe.weights) : "";
  std::string text =
      fmt::format("{}{}{}{}{}", to_string(recipe.targets), band_text(recipe.probs), weight,
                  recipe.row_weighted ? "+row_weight" : "", recipe.ignoring ? "+ignore" : "");
  if (recipe.input != Input::logits) text += fmt::format("+input={}", to_string(recipe.input));
  if (recipe.kl_divergence) text += "+kl_divergence";
#define XENT_OPTION(name, word, ...) \
  if (recipe.word != 0) text += fmt::format("+{}={}", #word, recipe.word);
  XENT_NUMBER_OPTIONS(XENT_OPTION)
#undef XENT_OPTION
  return text;
}

Options options_of(const Recipe& recipe) {
  Options options{
      .reduction = recipe.reduction, .input = recipe.input, .kl_divergence = recipe.kl_divergence};
#define XENT_OPTION(name, word, ...) options.name = recipe.word;
  XENT_NUMBER_OPTIONS(XENT_OPTION)
#undef XENT_OPTION
  return options;
}

Recipe parse_recipe(std::string_view id) try {
  const auto parts = split(id);
  Recipe recipe;
  recipe.dtype = parse_name(parts[0], all_dtypes, "an element type");
  read_family(parts[1], recipe);
  parse_shape(parts[2], recipe);
  parse_targets(parts[3], recipe);
  recipe.reduction = parse_name(parts[4], all_reductions, "a reduction");
  recipe.seed = parse_seed(parts[5]);
  check_recipe(recipe);
  return recipe;
} catch (const InvalidRecipe& fault) {
  throw InvalidRecipe(fmt::format("case '{}': {}", id, fault.what()));
}

}  // namespace xent::cases
