// SPDX-License-Identifier: MIT
// The options that name a problem.

#include "cli/problem/problem_options.hpp"

#include <limits>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <xent/log_prob.hpp>

#include "cli/options/number_options.hpp"
#include "cli/options/ranges.hpp"
#include "cli/options/select.hpp"
#include "tensors/tensor_file.hpp"

namespace xent::cli {
std::string numbers_text(const Options& options) {
  std::string text;
  if (is_given(options)) text = fmt::format("given as {}", to_string(options.input));
  if (options.kl_divergence) text += text.empty() ? "divergence" : ", divergence";
#define XENT_OPTION(name, ...) \
  if (options.name != 0)       \
    text += fmt::format("{}{} {}", text.empty() ? "" : ", ", name_with(#name, ' '), options.name);
  XENT_NUMBER_OPTIONS(XENT_OPTION)
#undef XENT_OPTION
  return text;
}

bool is_negated(const ProblemOptions& options) {
  return !options.out.empty() && the_result(options.out) == Result::log_probs;
}

Places places_of(const ProblemOptions& options) {
  Places all = {{"--logits", options.logits, ""},
                {"--labels", options.labels, ""},
                {"--probs", options.probs, ""},
                {"--teacher-classes", options.teacher_classes, ""},
                {"--teacher-log-probs", options.teacher_log_probs, ""},
                {"--weight", options.weight, ""},
                {"--row-weight", options.row_weight, ""}};
  if (!options.csr.empty())
    for (const char* part : {".indptr", ".indices", ".data"})
      all.push_back({"--csr", options.csr + part, ""});
  return all;
}

void add_problem(CLI::App& app, ProblemOptions& o) {
  app.add_option("--logits", o.logits,
                 "Logits [N, C], [C] or [N, C, d1, ...]: " + tensors::places_text())
      ->required()
      ->type_name("FILE");
  app.add_option("--labels", o.labels,
                 "Labels [N], [] or [N, d1, ...]: integers of any width, or bool")
      ->type_name("FILE");
  app.add_option("--probs", o.probs,
                 "Probabilities, of the shape of the logits; or integers, as a one-hot matrix")
      ->type_name("FILE");
  app.add_option("--csr", o.csr,
                 "A few probabilities a row: tensors PREFIX.indptr [N + 1], PREFIX.indices, "
                 "PREFIX.data")
      ->type_name("FILE.safetensors:PREFIX");
  app.add_option("--teacher-classes", o.teacher_classes,
                 "A teacher's K classes of each row, in any order: integers, of the shape of the "
                 "labels and an axis more; with --teacher-log-probs, in place of --csr")
      ->type_name("FILE");
  app.add_option("--teacher-log-probs", o.teacher_log_probs,
                 "Their log-probabilities; the exponentials are the probabilities, which an "
                 "implementation takes in the type of the logits")
      ->type_name("FILE");
  app.add_option("--weight", o.weight, "Weight of each class [C]; without it, 1")
      ->type_name("FILE");
  app.add_option(
         "--row-weight", o.row_weight,
         "What multiplies the loss and the gradient of each row, of the shape of the labels; "
         "it does not count in the mean")
      ->type_name("FILE");
  constexpr std::int64_t most = std::numeric_limits<std::int64_t>::max();
  app.add_option("--ignore-index", o.ignore_index, "Rows of this label have loss 0, gradient 0")
      ->check(integer_from(-most - 1, most))
      ->type_name("LABEL");
  app.add_flag("--shift-labels", o.shift_labels,
               "Each token's label is the next token of its sequence, the last axis of the labels; "
               "its last token is ignored");
  add_numbers(app, o.numbers, false);
  app.add_option(
      "--input", o.input,
      "What --logits are: logits; or log-probs or probs, of which nothing is normalised");
  app.add_flag("--kl-divergence", o.numbers.kl_divergence,
               "The loss is the Kullback-Leibler divergence: the entropy of the targets is "
               "subtracted; of soft targets, without --weight");
  app.add_option("--out", o.out,
                 "What the results are: loss; or log-probs, the negatives of loss and gradient, "
                 "which against labels are the log-probabilities of the labels");
  app.add_option("--reduction", o.reduction, "none, mean or sum");
  app.add_option("--class-axis", o.class_axis,
                 "The axis of the classes, a negative one counted from the end; without it 1, or 0 "
                 "where there is one axis only")
      ->check(integer_from<std::ptrdiff_t>(-64, 63))
      ->type_name("K");
  app.add_option("--logits-dtype", o.logits_dtype,
                 "Type of the logits: what 16-bit patterns (.npy of <u2, <i2 or |V2) stand for, " +
                     dtype_names(2) + "; those of all other files too, if not told apart")
      ->type_name("TYPE");
  app.add_option("--probs-dtype", o.probs_dtype, "The same of the probabilities, of csr too")
      ->type_name("TYPE");
  app.add_option("--weight-dtype", o.weight_dtype, "The same of the weights")->type_name("TYPE");
  app.add_option("--row-weight-dtype", o.row_weight_dtype, "The same of the row weights")
      ->type_name("TYPE");
}

}  // namespace xent::cli
