// SPDX-License-Identifier: MIT
// The files that hold what was computed.

#include "cli/computed_files.hpp"

#include <optional>
#include <variant>

#include <xent/output_file.hpp>

#include "cases/tensor_file.hpp"

namespace xent::cli {
namespace {

/// A result on its way into a file; none where the place is "".
class ResultFile {
 public:
  ResultFile(const std::string& place, const char* name, const Shape& shape,
             const Numbers& numbers) {
    if (place.empty()) return;
    file_.emplace(cases::path_of(place));
    std::visit(
        [&]<class T>(const std::vector<T>& elements) {
          cases::write_tensor<T>(*file_, place, name, shape, elements);
        },
        numbers);
  }

  /// The file appears.
  void commit() {
    if (file_) file_->commit();
  }

 private:
  std::optional<OutputFile> file_;
};

Shape loss_shape(const ProblemFiles& files) {
  return files.problem().options.reduction == Reduction::none ? files.row_shape() : Shape();
}

}  // namespace

void require_writable(const ComputedPlaces& places, const ProblemFiles& files) {
  if (!places.loss.empty()) cases::require_writable(places.loss, loss_shape(files).size());
  if (!places.grad.empty()) cases::require_writable(places.grad, files.shape().size());
  if (!places.lse.empty()) cases::require_writable(places.lse, files.row_shape().size());
}

void write_files(const ComputedPlaces& places, const ProblemFiles& files,
                 const Computed& computed) {
  ResultFile loss(places.loss, "loss", loss_shape(files), computed.loss);
  ResultFile grad(places.grad, "grad", files.shape(), computed.grad);
  ResultFile lse(places.lse, "lse", files.row_shape(), computed.lse);
  loss.commit();
  grad.commit();
  lse.commit();
}

}  // namespace xent::cli
