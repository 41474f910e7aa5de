// SPDX-License-Identifier: MIT
// The problem of ProblemFiles with all elements of one type.

#include <variant>

#include <fmt/format.h>

#include "cli/problem/problem_files.hpp"
#include "system/output_file.hpp"

namespace xent::cli {
namespace {

/// Elements of type T, for logits of type L. Throws FileError.
template <class T, class L = T>
const T* elements_as(const tensors::Tensor& tensor, const std::string& place) {
  if (tensor.dtype() != dtype_of<T>)
    throw FileError(place,
                    fmt::format("holds {}, where logits of {} want {}: this is not supported",
                                tensors::to_string(tensor.element()), to_string(dtype_of<L>),
                                to_string(dtype_of<T>)));
  return tensor.as<T>().data();
}

}  // namespace

template <class T>
Problem<T> ProblemFiles::typed() const {
  Problem<T> problem{
      .logits = axes_.matrix(elements_as<T>(logits_, options_.logits), logits_.fortran_order),
      .targets = {},
      .options = problem_.options};
  if (const auto* labels = std::get_if<Labels<std::int64_t>>(&problem_.targets))
    problem.targets = *labels;
  else if (const auto* labels32 = std::get_if<Labels<std::int32_t>>(&problem_.targets))
    problem.targets = *labels32;
  else if (const auto* csr = std::get_if<AnyCsr>(&problem_.targets))
    problem.targets =
        Csr<T>{csr->offsets,
               csr->classes,
               {elements_as<T>(options_.csr.empty() ? teacher_probs_ : csr_.probs, targets_place()),
                csr->probs.size}};
  else
    problem.targets =
        axes_.matrix(elements_as<T>(targets_, options_.probs), targets_.fortran_order);
  if (!options_.weight.empty())
    problem.weight = {elements_as<T>(weight_, options_.weight), axes_.classes()};
  if (!options_.row_weight.empty())
    problem.row_weight = {elements_as<LossOf<T>, T>(row_weight_, options_.row_weight),
                          axes_.rows()};
  return problem;
}

#define XENT_INSTANTIATE(T) template Problem<T> ProblemFiles::typed() const;
XENT_EACH_TYPE(XENT_INSTANTIATE)
#undef XENT_INSTANTIATE

}  // namespace xent::cli
