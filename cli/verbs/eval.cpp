// SPDX-License-Identifier: MIT
// xent eval: loss and gradient of tensors from files, by one implementation.

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <xent/element.hpp>
#include <xent/implementation.hpp>
#include <xent/output_file.hpp>
#include <xent/validate.hpp>

#include "cases/npy.hpp"
#include "cli/options.hpp"
#include "cli/output.hpp"
#include "cli/outside_domain.hpp"
#include "cli/select.hpp"
#include "cli/tensors.hpp"
#include "cli/verb.hpp"

namespace xent::cli {
namespace {

struct Options {
  std::string implementation, logits, labels, probs, loss_out, grad_out, instruction_set, json;
  std::string reduction = "mean";
};

using cases::Tensor;

/// What was computed, in the element type of the logits.
template <class T>
struct Evaluated {
  std::vector<std::ptrdiff_t> loss_shape;
  std::vector<T> loss;
  std::vector<std::ptrdiff_t> grad_shape;
  std::vector<T> grad;
};

template <class T>
Evaluated<T> evaluate(const Options& options, const Implementation& implementation,
                      const Tensor& logits, const Tensor& targets) {
  const std::string& targets_path = options.labels.empty() ? options.probs : options.labels;
  const std::ptrdiff_t rows = logits.shape[0];
  const std::ptrdiff_t classes = logits.shape[1];
  const Problem<T> problem{.logits = row_major(logits.as<T>().data(), rows, classes),
                           .targets = targets_of<T>(targets, targets_path),
                           .options = {.reduction = the_reduction(options.reduction)}};
  Evaluated<T> result;
  const std::ptrdiff_t losses = loss_size(problem.options.reduction, rows);
  if (problem.options.reduction == Reduction::none) result.loss_shape = {rows};
  result.loss.resize(static_cast<std::size_t>(losses));
  result.grad_shape = logits.shape;
  if (!options.grad_out.empty()) result.grad.resize(logits.as<T>().size());
  const Outputs<T> out{.loss = {result.loss.data(), losses, 1},
                       .grad = options.grad_out.empty()
                                   ? MatrixView<T>{}
                                   : row_major(result.grad.data(), rows, classes)};
  try {
    validate(problem, out);
  } catch (const InvalidProblem& fault) {
    throw FileError(targets_path, fault.what());
  }
  const Contract<T>& contract = implementation.contract<T>();
  if (const auto where = outside_domain(contract.domain, problem.logits))
    fmt::print(stderr, "xent eval: note: outside the domain of {}: {}\n", implementation.name,
               *where);
  contract.kernel(problem, out);
  return result;
}

/// Both files appear, or neither.
template <class T>
void write_results(const Options& options, const Evaluated<T>& result) {
  std::optional<OutputFile> loss;
  std::optional<OutputFile> grad;
  if (!options.loss_out.empty())
    cases::write_npy<T>(loss.emplace(options.loss_out), result.loss_shape, result.loss);
  if (!options.grad_out.empty())
    cases::write_npy<T>(grad.emplace(options.grad_out), result.grad_shape, result.grad);
  if (loss) loss->commit();
  if (grad) grad->commit();
}

/// The shortest text that reads back as the same bits; NaN without a sign.
template <class T>
std::string text(T value) {
  return std::isnan(value) ? "nan" : fmt::format("{}", value);
}

/// JSON has no inf and no NaN: those are strings.
template <class T>
nlohmann::ordered_json number(T value) {
  if (std::isfinite(value)) return value;
  return text(value);
}

template <class T>
nlohmann::ordered_json describe(const Options& options, const Implementation& implementation,
                                const Tensor& logits, const Evaluated<T>& result) {
  nlohmann::ordered_json loss = nlohmann::ordered_json::array();
  for (const T value : result.loss) loss.push_back(number(value));
  if (options.reduction != "none") loss = loss[0];
  return {{"schema", "xent-eval/1"},         {"implementation", implementation.name},
          {"dtype", to_string(dtype_of<T>)}, {"shape", logits.shape},
          {"reduction", options.reduction},  {"loss", loss}};
}

int run(const Options& options) {
  if (options.labels.empty() == options.probs.empty())
    throw UsageError("give either --labels or --probs");
  const Implementation& implementation = the_implementation(options.implementation);
  (void)the_reduction(options.reduction);
  select_instruction_set(options.instruction_set);
  const Tensor logits = read_matrix(options.logits);
  if (logits.shape[1] == 0) throw FileError(options.logits, "has no classes");
  const Tensor targets =
      options.labels.empty() ? read_matrix(options.probs) : read_labels(options.labels);
  with_dtype(logits.element() == Tensor::Element::f32 ? DType::f32 : DType::f64, [&](auto zero) {
    using T = decltype(zero);
    const Evaluated<T> result = evaluate<T>(options, implementation, logits, targets);
    write_results(options, result);
    if (options.loss_out.empty() && speaks(options.json))
      for (const T value : result.loss) fmt::print("{}\n", text(value));
    if (!options.json.empty())
      write_json(options.json, describe(options, implementation, logits, result));
  });
  return exit_done;
}

Action define(CLI::App& app) {
  const auto o = std::make_shared<Options>();
  app.add_option("--impl", o->implementation, "The implementation; xent list names them")
      ->required()
      ->type_name("NAME");
  app.add_option("--logits", o->logits, "Logits [N, C], '<f4' or '<f8'")
      ->required()
      ->type_name("L.npy");
  app.add_option("--labels", o->labels, "Labels [N] in [0, C), '<i8' or '<i4'")->type_name("Y.npy");
  app.add_option("--probs", o->probs, "Probabilities [N, C], of the type of the logits")
      ->type_name("P.npy");
  app.add_option("--reduction", o->reduction, "none, mean or sum")->capture_default_str();
  app.add_option("--loss-out", o->loss_out, "Where the loss goes; without it, standard output")
      ->type_name("OUT.npy");
  app.add_option("--grad-out", o->grad_out, "Where d loss / d logits goes; without it, none")
      ->type_name("G.npy");
  add_instruction_set(app, o->instruction_set);
  add_json(app, o->json, "The loss and what it is of");
  return [o](const std::string& /*command*/) { return run(*o); };
}

}  // namespace

extern const Verb verb_eval{
    .name = "eval",
    .summary = "Loss and gradient of .npy files by one implementation",
    .example =
        "xent eval --impl simd --logits logits.npy --labels labels.npy --reduction none "
        "--loss-out loss.npy",
    .define = define,
};

}  // namespace xent::cli
