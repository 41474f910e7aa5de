// SPDX-License-Identifier: MIT
// Every problem: the cross product of all that a problem can ask for; row weights, z-losses, a
// temperature with a softcap, inputs that are no logits and divergences in two layouts.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <fmt/format.h>

#include <xent/problem.hpp>

namespace xent::tests {

/// `one_hot`: probs that are one-hot.
enum class Form { labels, labels32, probs, one_hot, csr };

/// Where the elements lie. `broadcast`: every row of the inputs is the same memory. `many_axes`:
/// [2, C, 3]. `one_row`: [C]. `mixed`: each array in a layout of its own.
enum class Layout {
  row_major,
  padded,
  transposed,
  backwards,
  broadcast,
  many_axes,
  one_row,
  mixed
};

/// `in_place`: over the logits.
enum class Gradient { none, apart, in_place };

struct Asked {
  std::ptrdiff_t classes = 0;
  Form form = Form::labels;
  bool weight = false;
  bool row_weight = false;
  std::optional<std::int64_t> ignore = {};
  double smoothing = 0;
  double z_loss = 0;
  bool mapped = false;  // a temperature and a softcap
  Input input = Input::logits;
  bool divergence = false;
  Reduction reduction = Reduction::none;
  Layout layout = Layout::row_major;
  Gradient gradient = Gradient::none;
  bool lse = false;

  bool has_labels() const { return form == Form::labels || form == Form::labels32; }
  bool is_plain() const {
    return form != Form::csr && !weight && !row_weight && !ignore.has_value() && smoothing == 0 &&
           z_loss == 0 && !mapped && input == Input::logits && !divergence;
  }
};

/// Those of the logits that are mapped.
inline constexpr double temperature_of_mapped = 0.75;
inline constexpr double softcap_of_mapped = 20;

/// The clip of given probabilities, which those with smoothing have.
inline double clip_of(const Asked& asked) {
  return asked.input == Input::probs && asked.smoothing != 0 ? 0.125 : 0;
}

inline std::string to_string(const Asked& asked) {
  constexpr const char* forms[] = {"labels i64", "labels i32", "probs", "one-hot probs", "csr"};
  constexpr const char* layouts[] = {"row-major", "padded",    "transposed", "backwards",
                                     "broadcast", "[2, C, 3]", "one row",    "mixed layouts"};
  std::string text = fmt::format("C = {}, {}", asked.classes, forms[static_cast<int>(asked.form)]);
  if (asked.weight) text += ", weight";
  if (asked.row_weight) text += ", row weight";
  if (asked.ignore) text += fmt::format(", ignore_index {}", *asked.ignore);
  if (asked.smoothing != 0) text += fmt::format(", smoothing {}", asked.smoothing);
  if (asked.z_loss != 0) text += fmt::format(", z-loss {}", asked.z_loss);
  if (asked.mapped) text += ", temperature and softcap";
  if (asked.divergence) text += ", divergence";
  if (asked.input != Input::logits) text += fmt::format(", {}", xent::to_string(asked.input));
  text += fmt::format(", {}, {}", xent::to_string(asked.reduction),
                      layouts[static_cast<int>(asked.layout)]);
  constexpr const char* gradients[] = {"no gradient", "gradient", "gradient in place"};
  text += fmt::format(", {}", gradients[static_cast<int>(asked.gradient)]);
  return asked.lse ? text + ", lse" : text;
}

/// The first problem that has the same values: another layout, another width of labels, other
/// results.
inline Asked of_same_values(Asked asked) {
  if (asked.layout != Layout::broadcast && asked.layout != Layout::one_row)
    asked.layout = Layout::row_major;
  if (asked.form == Form::labels32) asked.form = Form::labels;
  asked.gradient = Gradient::none;
  asked.lse = false;
  return asked;
}

/// Each of `all` with each of `values` as its `member`.
template <class V>
std::vector<Asked> times(const std::vector<Asked>& all, V Asked::*member,
                         const std::vector<V>& values) {
  std::vector<Asked> product;
  for (const Asked& one : all)
    for (const V& value : values) {
      product.push_back(one);
      product.back().*member = value;
    }
  return product;
}

/// Tells whether a mean divides what a z-loss leaves by 0, the weight of the only class of all rows
/// that are not ignored: a share that underflows is then NaN in place of inf, as the policy allows.
inline bool divides_by_zero(const Asked& asked) {
  return asked.z_loss != 0 && asked.weight && asked.classes == 2 && asked.ignore == 0 &&
         asked.has_labels() && asked.reduction == Reduction::mean;
}

/// Tells whether kernels see what is asked for after the layouts are read: those problems have fewer
/// layouts.
inline bool is_of_options(const Asked& asked) {
  return asked.row_weight || asked.z_loss != 0 || asked.mapped || asked.input != Input::logits ||
         asked.divergence;
}

/// Tells whether the problem is one that is refused: an ignored index needs labels, a log-sum-exp, a
/// z-loss and a map need logits, a divergence soft targets without class weights, and a gradient in
/// place logits that are not all in one place.
inline bool is_refused(const Asked& asked) {
  const bool needs_logits = asked.lse || asked.z_loss != 0 || asked.mapped;
  return (asked.ignore && !asked.has_labels()) || (asked.input != Input::logits && needs_logits) ||
         (asked.divergence && (asked.has_labels() || asked.weight)) ||
         (asked.gradient == Gradient::in_place && asked.layout == Layout::broadcast);
}

/// Mapped logits have both of a row weight and a z-loss or neither, and one layout; other inputs and
/// divergences have neither, and one layout, and a divergence of given numbers only the gradient apart.
inline bool is_left_out(const Asked& asked) {
  const bool is_given = asked.input != Input::logits;
  if (divides_by_zero(asked) || (asked.mapped && asked.row_weight != (asked.z_loss != 0)))
    return true;
  if ((is_given || asked.divergence) && (asked.row_weight || asked.z_loss != 0 || asked.lse))
    return true;
  if ((is_given || asked.divergence || asked.mapped) && asked.layout != Layout::mixed) return true;
  if (is_given && asked.divergence && asked.gradient != Gradient::apart) return true;
  return is_of_options(asked) && asked.layout != Layout::row_major && asked.layout != Layout::mixed;
}

inline std::vector<Asked> every_problem() {
  std::vector<Asked> all(1);
  all = times(all, &Asked::classes, {1, 2, 5, 37});
  all = times(all, &Asked::form,
              {Form::labels, Form::labels32, Form::probs, Form::one_hot, Form::csr});
  all = times(all, &Asked::weight, {false, true});
  all = times(all, &Asked::row_weight, {false, true});
  all = times(all, &Asked::ignore, {std::nullopt, -100, 0});
  all = times(all, &Asked::smoothing, {0.0, 0.1, 1.0});
  all = times(all, &Asked::z_loss, {0.0, 0.25});
  all = times(all, &Asked::mapped, {false, true});
  all = times(all, &Asked::input, {Input::logits, Input::log_probs, Input::probs});
  all = times(all, &Asked::divergence, {false, true});
  all = times(all, &Asked::reduction, {Reduction::none, Reduction::mean, Reduction::sum});
  all = times(all, &Asked::layout,
              {Layout::row_major, Layout::padded, Layout::transposed, Layout::backwards,
               Layout::broadcast, Layout::many_axes, Layout::one_row, Layout::mixed});
  all = times(all, &Asked::gradient, {Gradient::none, Gradient::apart, Gradient::in_place});
  all = times(all, &Asked::lse, {false, true});
  std::erase_if(all, is_refused);
  std::erase_if(all, is_left_out);
  return all;
}

}  // namespace xent::tests
