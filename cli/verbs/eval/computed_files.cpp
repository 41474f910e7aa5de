// SPDX-License-Identifier: MIT
// The files that hold what was computed.

#include "cli/verbs/eval/computed_files.hpp"

#include <variant>

#include "tensors/tensor_file.hpp"

namespace xent::cli {
namespace {

void write(Outputs& outputs, const char* option, const Shape& shape, const Numbers& numbers) {
  std::visit(
      [&]<class T>(const std::vector<T>& elements) {
        outputs.write_tensor<T>(option, shape, elements);
      },
      numbers);
}

Shape loss_shape(const ProblemFiles& files) {
  return files.problem().options.reduction == Reduction::none ? files.row_shape() : Shape();
}

}  // namespace

void require_writable(const ComputedPlaces& places, const ProblemFiles& files) {
  if (!places.loss.empty()) tensors::require_writable(places.loss, loss_shape(files).size());
  if (!places.grad.empty()) tensors::require_writable(places.grad, files.shape().size());
  if (!places.lse.empty()) tensors::require_writable(places.lse, files.row_shape().size());
  if (!places.log_softmax.empty())
    tensors::require_writable(places.log_softmax, files.shape().size());
}

Places places_of(const ComputedPlaces& places) {
  return {{"--loss-out", places.loss, "loss"},
          {"--grad-out", places.grad, "grad"},
          {"--lse-out", places.lse, "lse"},
          {"--log-softmax-out", places.log_softmax, "log_softmax"}};
}

void write_computed(Outputs& outputs, const ProblemFiles& files, const Computed& computed) {
  write(outputs, "--loss-out", loss_shape(files), computed.loss);
  write(outputs, "--grad-out", files.shape(), computed.grad);
  write(outputs, "--lse-out", files.row_shape(), computed.lse);
  write(outputs, "--log-softmax-out", files.shape(), computed.log_softmax);
}

}  // namespace xent::cli
