// SPDX-License-Identifier: MIT
// Results in a wider type than they were computed in.

#include "cli/verbs/audit/narrowed.hpp"

#include <cmath>
#include <span>
#include <utility>
#include <vector>

namespace xent::cli {
namespace {

bool proves_nothing(double x) {
  int exponent = 0;
  return !std::isfinite(x) || x == 0 || std::abs(std::frexp(x, &exponent)) == 0.5;
}

/// Whether all are numbers of To, enough of which prove it.
template <class To, class From>
bool are_numbers_of(std::span<const From> values, int enough) {
  int proofs = 0;
  for (const From value : values) {
    const auto x = static_cast<double>(value);
    if (std::isnan(x)) continue;
    if (static_cast<double>(static_cast<To>(value)) != x) return false;
    if (!proves_nothing(x)) ++proofs;
  }
  return proofs >= enough;
}

template <class To, class From>
void convert(tensors::Tensor& tensor, std::span<const From> values) {
  std::vector<To> narrow;
  narrow.reserve(values.size());
  for (const From value : values) narrow.push_back(static_cast<To>(value));
  const bool fortran_order = tensor.fortran_order;
  tensor = tensors::tensor_of(tensor.shape, std::move(narrow));
  tensor.fortran_order = fortran_order;
}

template <class From, class To>
bool narrow_to(tensors::Tensor& tensor, int enough) {
  const auto values = tensor.as<From>();
  if (!are_numbers_of<To>(values, enough)) return false;
  convert<To>(tensor, values);
  return true;
}

/// The narrower type whose numbers the elements are, after which the tensor has it.
template <class From>
std::optional<DType> narrow_from(tensors::Tensor& tensor) {
  if constexpr (sizeof(From) > sizeof(float)) {
    if (!narrow_to<From, float>(tensor, 1)) return std::nullopt;
    return narrow_from<float>(tensor).value_or(DType::f32);
  } else if constexpr (sizeof(From) == sizeof(float)) {
    if (narrow_to<From, bf16>(tensor, 4)) return DType::bf16;
    if (narrow_to<From, f16>(tensor, 4)) return DType::f16;
  }
  return std::nullopt;
}

}  // namespace

std::optional<Narrowing> narrow(tensors::Tensor& tensor) {
  const DType from = tensor.dtype().value();
  const auto to = with_dtype(from, [&]<class T>(T) { return narrow_from<T>(tensor); });
  if (!to) return std::nullopt;
  return Narrowing{from, *to};
}

}  // namespace xent::cli
