// SPDX-License-Identifier: MIT
// Reads targets of a few classes in each row.
#include "cli/problem/csr_rows.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <functional>
#include <numeric>
#include <span>

#include <fmt/format.h>

#include "cli/verb.hpp"
#include "system/output_file.hpp"
#include "tensors/tensor_file.hpp"

namespace xent::cli {
namespace {

/// Throws FileError where the shape is not that of the rows with one axis more.
void require_rows(const tensors::Tensor& tensor, const Shape& rows, const std::string& place) {
  Shape wanted = rows;
  if (!tensor.shape.empty()) wanted.push_back(tensor.shape.back());
  if (tensor.shape != wanted || tensor.shape.empty())
    throw FileError(place,
                    fmt::format("has the shape {}, not that of the labels, {}, and an axis more",
                                tensors::to_string(tensor.shape), tensors::to_string(rows)));
}

}  // namespace

AnyCsr CsrRows::view() const {
  return {{offsets.data(), std::ssize(offsets)},
          {classes.data(), std::ssize(classes)},
          elements_of(probs)};
}

CsrRows read_csr(const std::string& place, const StatedDtype& probs) {
  if (!tensors::parse_place(place).name)
    throw UsageError(fmt::format("--csr {} is not FILE.safetensors:PREFIX", place));
  return {.offsets = to_int64(read_integers(place + ".indptr")),
          .classes = to_int64(read_integers(place + ".indices")),
          .probs = read_numbers(place + ".data", probs)};
}

CsrRows read_teacher(const TeacherPlaces& places, const StatedDtype& log_probs,
                     const Shape& row_shape) {
  const tensors::Tensor ids = read_integers(places.classes);
  const tensors::Tensor logs = read_numbers(places.log_probs, log_probs);
  require_rows(ids, row_shape, places.classes);
  require_shape(logs, ids.shape, places.log_probs, "");
  const std::vector<std::int64_t> classes = to_int64(ids);
  const AnyVector numbers = elements_of(logs);
  const auto few = static_cast<std::size_t>(ids.shape.back());
  std::vector<std::size_t> order(classes.size());  // of the elements, each row by its classes
  std::iota(order.begin(), order.end(), std::size_t{0});
  CsrRows rows{.offsets = {0}, .classes = {}, .probs = {}};
  for (std::size_t first = 0; few != 0 && first < classes.size(); first += few) {
    const auto row = std::span(order).subspan(first, few);
    std::ranges::sort(row, {}, [&](std::size_t k) { return classes[k]; });
    for (std::size_t k = 0; k < few; ++k) {
      if (k > 0 && classes[row[k]] == classes[row[k - 1]])
        throw FileError(places.classes,
                        fmt::format("row {} has the class {} twice", first / few, classes[row[k]]));
      rows.classes.push_back(classes[row[k]]);
    }
    rows.offsets.push_back(std::ssize(rows.classes));
  }
  rows.offsets.resize(
      static_cast<std::size_t>(std::accumulate(row_shape.begin(), row_shape.end(),
                                               std::ptrdiff_t{1}, std::multiplies<>())) +
          1,
      rows.offsets.back());
  rows.probs = tensor_of(DType::f64, order.size(), [&](std::size_t k) {
    return std::exp(numbers[static_cast<std::ptrdiff_t>(order[k])]);
  });
  return rows;
}

tensors::Tensor rounded_to(const tensors::Tensor& numbers, DType dtype) {
  const AnyVector elements = elements_of(numbers);
  return tensor_of(dtype, static_cast<std::size_t>(elements.size),
                   [&](std::size_t k) { return elements[static_cast<std::ptrdiff_t>(k)]; });
}

}  // namespace xent::cli
