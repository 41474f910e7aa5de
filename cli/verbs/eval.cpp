// SPDX-License-Identifier: MIT
// xent eval: loss and gradient of tensors from files, by one implementation or by the reference.

#include <cmath>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <xent/implementation.hpp>
#include <xent/validate.hpp>

#include "cases/tensor_file.hpp"
#include "cli/options.hpp"
#include "cli/output.hpp"
#include "cli/outside_domain.hpp"
#include "cli/problem_files.hpp"
#include "cli/progress.hpp"
#include "cli/select.hpp"
#include "cli/tensor_output.hpp"
#include "cli/verb.hpp"
#include "reference/evaluate.hpp"
#include "reference/number.hpp"

namespace xent::cli {
namespace {

constexpr const char* reference_name = "reference";

struct Options {
  ProblemOptions problem;
  std::string implementation, loss_dtype, loss_out, grad_out, lse_out, instruction_set, json;
  bool in_place = false;
  int threads = 0;
};

/// What was computed, as doubles, which hold it exactly.
struct Computed {
  DType loss_dtype = DType::f32;
  DType grad_dtype = DType::f32;
  std::vector<double> loss;
  std::vector<double> grad;  // in the order of the file; empty where not asked for
  std::vector<double> lse;   // of the type of the loss; empty where not asked for
};

/// A fault of an output is told before anything is computed.
void require_writable(const Options& options, DType loss, DType grad) {
  if (!options.loss_out.empty()) cases::require_writable(options.loss_out, loss);
  if (!options.grad_out.empty()) cases::require_writable(options.grad_out, grad);
  if (!options.lse_out.empty()) cases::require_writable(options.lse_out, loss);
}

template <class T>
Computed compute_as(const Options& options, const Implementation& implementation,
                    const ProblemFiles& files) {
  Problem<T> problem = files.typed<T>();
  const std::ptrdiff_t rows = problem.logits.rows;
  std::vector<T> loss(static_cast<std::size_t>(loss_size(problem.options.reduction, rows)));
  std::vector<T> lse(options.lse_out.empty() ? 0 : static_cast<std::size_t>(rows));
  std::vector<T> grad;
  Outputs<T> out{.loss = {loss.data(), std::ssize(loss), 1}};
  if (!options.lse_out.empty()) out.lse = {lse.data(), rows, 1};
  if (!options.grad_out.empty()) {
    grad.resize(static_cast<std::size_t>(rows * problem.logits.cols));
    out.grad = files.matrix(grad.data());
    if (options.in_place) {
      for (std::ptrdiff_t i = 0; i < rows; ++i)
        for (std::ptrdiff_t j = 0; j < problem.logits.cols; ++j)
          out.grad(i, j) = problem.logits(i, j);
      problem.logits = files.matrix<const T>(grad.data());
    }
  }
  const Contract<T>& contract = implementation.contract<T>();
  try {
    validate(contract, problem, out);
  } catch (const InvalidProblem& fault) {
    throw UsageError(fmt::format("{}: {}", implementation.name, fault.what()));
  }
  if (const auto where = outside_domain(contract.domain, problem))
    fmt::print(stderr, "xent eval: note: outside the domain of {}: {}\n", implementation.name,
               *where);
  contract.kernel(problem, out);
  return {.loss_dtype = dtype_of<T>,
          .grad_dtype = dtype_of<T>,
          .loss = {loss.begin(), loss.end()},
          .grad = {grad.begin(), grad.end()},
          .lse = {lse.begin(), lse.end()}};
}

Computed compute(const Options& options, const ProblemFiles& files) {
  const Implementation& implementation = the_implementation(options.implementation);
  select_instruction_set(options.instruction_set);
  const DType dtype = files.problem().logits.dtype;
  if (dtype == DType::bf16 || dtype == DType::f16)
    throw UsageError(
        fmt::format("{}: {} logits are not supported", implementation.name, to_string(dtype)));
  if (!options.loss_dtype.empty() && the_dtype(options.loss_dtype) != dtype)
    throw UsageError(fmt::format("{}: a {} loss of {} logits is not supported", implementation.name,
                                 options.loss_dtype, to_string(dtype)));
  return with_dtype(
      dtype, [&](auto zero) { return compute_as<decltype(zero)>(options, implementation, files); });
}

/// The correctly rounded results, and how many there are not.
Computed compute_by_reference(const Options& options, const ProblemFiles& files) {
  const DType dtype = files.problem().logits.dtype;
  Computed computed;
  computed.loss_dtype = dtype == DType::f64 ? dtype : DType::f32;
  computed.grad_dtype = dtype;
  if (!options.loss_dtype.empty()) computed.loss_dtype = the_dtype(options.loss_dtype);
  require_writable(options, computed.loss_dtype, computed.grad_dtype);
  const std::ptrdiff_t rows = files.problem().logits.rows();
  Progress progress;
  const reference::Evaluated exact = reference::evaluate(
      files.problem(),
      {.loss = format_of(computed.loss_dtype),
       .grad = format_of(computed.grad_dtype),
       .with_gradient = !options.grad_out.empty(),
       .with_lse = !options.lse_out.empty(),
       .threads = threads_of(options.threads),
       .done = [&](auto done) { progress.show(fmt::format("row {} of {}", done, rows)); }});
  if (!exact.undecided.empty()) {
    const auto& first = exact.undecided.front();
    throw UndecidedResult(
        fmt::format("{} results are undecided at {} bits, the first of row {}, column {}",
                    exact.undecided.size(), reference::finest_bits, first.row, first.column));
  }
  computed.loss = exact.loss;
  computed.lse = exact.lse;
  computed.grad.resize(exact.grad.size());
  const MatrixView<double> grad = files.matrix(computed.grad.data());
  for (std::size_t k = 0; k < exact.grad.size(); ++k) {
    const auto at = static_cast<std::ptrdiff_t>(k);
    grad(at / grad.cols, at % grad.cols) = exact.grad[k];
  }
  return computed;
}

Shape loss_shape(const ProblemFiles& files) {
  return files.problem().options.reduction == Reduction::none ? files.row_shape() : Shape();
}

/// All files appear, or none.
void write_results(const Options& options, const ProblemFiles& files, const Computed& computed) {
  std::optional<TensorOutput> loss;
  std::optional<TensorOutput> grad;
  std::optional<TensorOutput> lse;
  if (!options.loss_out.empty())
    loss.emplace(options.loss_out, "loss")
        .write(loss_shape(files), computed.loss, computed.loss_dtype);
  if (!options.grad_out.empty())
    grad.emplace(options.grad_out, "grad").write(files.shape(), computed.grad, computed.grad_dtype);
  if (!options.lse_out.empty())
    lse.emplace(options.lse_out, "lse").write(files.row_shape(), computed.lse, computed.loss_dtype);
  if (loss) loss->commit();
  if (grad) grad->commit();
  if (lse) lse->commit();
}

/// The shortest text that reads back as the same number of that type; NaN without a sign.
std::string text(double value, DType dtype) {
  if (std::isnan(value)) return "nan";
  return dtype == DType::f64 ? fmt::format("{}", value)
                             : fmt::format("{}", static_cast<float>(value));
}

/// JSON has no inf and no NaN: those are strings.
nlohmann::ordered_json number(double value, DType dtype) {
  if (!std::isfinite(value)) return text(value, dtype);
  return value;
}

nlohmann::ordered_json describe(const Options& options, const ProblemFiles& files,
                                const Computed& computed) {
  nlohmann::ordered_json loss = nlohmann::ordered_json::array();
  for (const double value : computed.loss) loss.push_back(number(value, computed.loss_dtype));
  const Reduction reduction = files.problem().options.reduction;
  if (reduction != Reduction::none) loss = loss[0];
  return {{"schema", "xent-eval/2"},
          {"implementation", options.implementation},
          {"dtype", to_string(files.problem().logits.dtype)},
          {"loss_dtype", to_string(computed.loss_dtype)},
          {"shape", files.shape()},
          {"targets", files.targets_name()},
          {"reduction", to_string(reduction)},
          {"loss", loss}};
}

int run(const Options& options) {
  validate_environment();
  const bool by_reference = options.implementation == reference_name;
  if (!by_reference) (void)the_implementation(options.implementation);
  if (by_reference && !options.instruction_set.empty())
    throw UsageError("--instruction-set does not apply to the reference");
  if (options.in_place && (by_reference || options.grad_out.empty()))
    throw UsageError("--in-place needs --grad-out and an implementation");
  if (!by_reference && options.threads != 0)
    throw UsageError(fmt::format("--threads does not apply to {}", options.implementation));
  const ProblemFiles files(options.problem);
  const Computed computed =
      by_reference ? compute_by_reference(options, files) : compute(options, files);
  write_results(options, files, computed);
  if (options.loss_out.empty() && speaks(options.json))
    for (const double value : computed.loss) fmt::print("{}\n", text(value, computed.loss_dtype));
  if (!options.json.empty()) write_json(options.json, describe(options, files, computed));
  return exit_done;
}

Action define(CLI::App& app) {
  const auto o = std::make_shared<Options>();
  app.add_option("--impl", o->implementation,
                 "The implementation; xent list names them. reference: correctly rounded")
      ->required()
      ->type_name("NAME");
  add_problem(app, o->problem);
  app.add_option("--loss-dtype", o->loss_dtype,
                 "Type of the loss; without it that of the logits, of 16-bit logits f32")
      ->type_name("TYPE");
  app.add_option("--loss-out", o->loss_out, "Where the loss goes; without it, standard output")
      ->type_name("FILE");
  app.add_option("--grad-out", o->grad_out, "Where d loss / d logits goes; without it, none")
      ->type_name("FILE");
  app.add_option("--lse-out", o->lse_out, "Where the log-sum-exp of each row goes")
      ->type_name("FILE");
  app.add_flag("--in-place", o->in_place,
               "Compute the gradient in the memory of the logits; the results are the same");
  add_threads(app, o->threads);
  add_instruction_set(app, o->instruction_set);
  add_json(app, o->json, "The loss and what it is of");
  return [o](const std::string& /*command*/) { return run(*o); };
}

}  // namespace

extern const Verb verb_eval{
    .name = "eval",
    .summary = "Loss and gradient of tensors from files",
    .example =
        "xent eval --impl simd --logits logits.npy --labels labels.npy --reduction none "
        "--loss-out loss.npy",
    .define = define,
};

}  // namespace xent::cli
