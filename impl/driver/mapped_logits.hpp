// SPDX-License-Identifier: MIT
// MappedLogits is a row of logits as a temperature and a softcap map them
// (include/xent/mapped_logit.hpp). A row function of soft targets that is a template of its row
// computes with x_j or with z_j: the formulas are the same in z, and
//
//   g_j = f'(x_j) d loss / d z_j,   f'(x_j) = (1 / T) / cosh(x_j / s)^2
//
// where 1 / T is a factor of the gradient's scale. Nothing is stored: z_j is made each time that it
// is read.
//
// Error: docs/error_bounds.md, lemmas 83 and 84 (mapped logits; what mapping costs).
#pragma once

#include <cstddef>

#include <xent/mapped_logit.hpp>

#include "impl/driver/row_functions.hpp"

namespace xent::impl {

/// Row x [C] of logits of T as z [C], in the type A. It refers to the logits and to the options.
template <class T, class A>
class MappedLogits {
 public:
  MappedLogits(VectorView<const T> x, const Options& options) noexcept
      : size(x.size), x_(x), options_(options) {}

  A operator[](std::ptrdiff_t j) const noexcept { return mapped_logit(options_, given(j)); }

  /// Returns the root of the slope of the softcap at x_j, in the type B.
  template <class B>
  B root(std::ptrdiff_t j) const noexcept {
    return softcap_root(options_, static_cast<B>(x_[j]));
  }

  std::ptrdiff_t size;

 private:
  A given(std::ptrdiff_t j) const noexcept { return static_cast<A>(x_[j]); }

  VectorView<const T> x_;
  const Options& options_;
};

/// Writes component j of the gradient with respect to x, where that with respect to the logits as
/// the row has them is g_j scale: g_j is a number of the type A of the arithmetic.
template <class T, class A>
void put_component(const RowOutputs<T>& out, VectorView<const T>, std::ptrdiff_t j, A g_j,
                   Pair scale) noexcept {
  out.g[j] = static_cast<T>(g_j * static_cast<A>(scale.hi));
}
/// Does the same for mapped logits. In double, or A if that is wider, g_j times a scale does not
/// leave the range before the slope has multiplied it.
template <class T, class Z, class A>
void put_component(const RowOutputs<T>& out, const MappedLogits<T, Z>& x, std::ptrdiff_t j, A g_j,
                   Pair scale) noexcept {
  using B = decltype(A{} + double{});
  const B root = x.template root<B>(j);
  out.g[j] =
      static_cast<T>(static_cast<A>(static_cast<B>(g_j) * static_cast<B>(scale.hi) * root * root));
}

/// The row function of soft targets (SoftRow) for logits that are mapped, made of `row`, a function
/// of MappedLogits of T in some type.
template <auto row, class T>
ScaledPair mapped_row(VectorView<const T> x, const Coefficients<T>& c, Pair scale,
                      const RowOutputs<T>& out) noexcept {
  const Options& options = c.options();
  const Pair of_z = options.temperature == 0 ? scale : div(scale, exactly(options.temperature));
  return row({x, options}, c, of_z, out);
}

}  // namespace xent::impl
