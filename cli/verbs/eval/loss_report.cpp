// SPDX-License-Identifier: MIT
// The loss that was computed, as text and as JSON.

#include "cli/verbs/eval/loss_report.hpp"

#include <cmath>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <xent/log_prob.hpp>

namespace xent::cli {
namespace {

std::string text(double value, DType dtype) {
  if (std::isnan(value)) return "nan";
  return dtype == DType::f64 ? fmt::format("{}", value)
                             : fmt::format("{}", static_cast<float>(value));
}

nlohmann::ordered_json number(double value, DType dtype) {
  if (!std::isfinite(value)) return text(value, dtype);
  return value;
}

}  // namespace

std::string to_text(const Numbers& loss) {
  const AnyVector elements = elements_of(loss);
  std::string lines;
  for (std::ptrdiff_t i = 0; i < elements.size; ++i)
    lines += text(elements[i], elements.dtype) + "\n";
  return lines;
}

nlohmann::ordered_json to_json(const Numbers& loss, const std::string& implementation,
                               const ProblemFiles& files) {
  const AnyVector elements = elements_of(loss);
  nlohmann::ordered_json numbers = nlohmann::ordered_json::array();
  for (std::ptrdiff_t i = 0; i < elements.size; ++i)
    numbers.push_back(number(elements[i], elements.dtype));
  const Reduction reduction = files.problem().options.reduction;
  if (reduction != Reduction::none) numbers = numbers[0];
  nlohmann::ordered_json document = {{"schema", "xent-eval/2"},
                                     {"implementation", implementation},
                                     {"dtype", to_string(files.problem().logits.dtype)},
                                     {"loss_dtype", to_string(elements.dtype)},
                                     {"shape", files.shape()},
                                     {"targets", files.targets_name()},
                                     {"reduction", to_string(reduction)},
                                     {"loss", numbers}};
  const Options& options = files.problem().options;
  if (is_given(options)) document["input"] = to_string(options.input);
  if (options.kl_divergence) document["kl_divergence"] = true;
  if (files.problem().weight.data != nullptr) document["weighted"] = true;
  if (files.problem().row_weight.data != nullptr) document["row_weighted"] = true;
  if (options.ignore_index) document["ignore_index"] = *options.ignore_index;
#define XENT_OPTION(name, ...) \
  if (options.name != 0) document[#name] = options.name;
  XENT_NUMBER_OPTIONS(XENT_OPTION)
#undef XENT_OPTION
  if (files.negates()) document["out"] = "log-probs";
  if (files.shifts_labels()) document["labels_shifted"] = true;
  return document;
}

}  // namespace xent::cli
