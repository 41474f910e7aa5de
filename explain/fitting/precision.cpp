// SPDX-License-Identifier: MIT
#include "explain/fitting/precision.hpp"

#include <algorithm>
#include <cmath>

#include "explain/formula/rounding.hpp"

namespace xent::explain {
namespace {

// Finds out which formats hold all numbers that it is shown.
class Narrowest {
 public:
  explicit Narrowest(DType dtype) : dtype_(dtype) {}

  // Returns false where no narrower format is left.
  bool see(double x) {
    if (x == 0 || !std::isfinite(x)) return true;
    ++seen_;
    for (const DType one : all_dtypes)
      if (holds_[at(one)] && rounded_to(x, format_of(one)) != x) holds_[at(one)] = false;
    return std::ranges::any_of(all_dtypes,
                               [&](DType one) { return is_narrower(one) && holds_[at(one)]; });
  }

  Format format() const {
    DType best = dtype_;
    for (const DType one : all_dtypes)
      if (seen_ >= 4 && holds_[at(one)] && digits(one) < digits(best)) best = one;
    return format_of(best);
  }

 private:
  static std::size_t at(DType one) { return static_cast<std::size_t>(one); }
  static int digits(DType one) { return format_of(one).digits; }
  bool is_narrower(DType one) const { return digits(one) < digits(dtype_); }

  DType dtype_;
  bool holds_[std::size(all_dtypes)] = {true, true, true, true};
  int seen_ = 0;
};

Format of_vectors(const AnyVector& loss, const AnyVector& lse) {
  Narrowest narrowest(loss.data != nullptr ? loss.dtype : lse.dtype);
  bool left = true;
  for (const AnyVector* one : {&loss, &lse})
    for (std::ptrdiff_t i = 0; one->data != nullptr && i < one->size && left; ++i)
      left = narrowest.see((*one)[i]);
  return narrowest.format();
}

Format of_matrix(const AnyMatrix& grad) {
  Narrowest narrowest(grad.dtype);
  bool left = true;
  for (std::ptrdiff_t i = 0; grad.data != nullptr && i < grad.rows() && left; ++i)
    for (std::ptrdiff_t j = 0; j < grad.cols() && left; ++j) left = narrowest.see(grad(i, j));
  return narrowest.format();
}

// The predictions are rounded in double themselves.
double unit_of(const Format& format) {
  return std::min(format.unit_roundoff(), format_of(DType::f32).unit_roundoff()) + 0x1p-53;
}

}  // namespace

Precision precision_of(const Doubt& doubt) {
  Precision result;
  result.loss = doubt.loss_format.value_or(of_vectors(doubt.results.loss, doubt.results.lse));
  result.grad = doubt.grad_format.value_or(of_matrix(doubt.results.grad));
  result.u_loss = unit_of(result.loss);
  result.u_grad = unit_of(result.grad);
  return result;
}

}  // namespace xent::explain
