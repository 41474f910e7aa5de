// SPDX-License-Identifier: MIT
// How the row functions of simd/rows-inl.hpp become kernels: one pair of functions for each
// implementation and element type, compiled for every target, of which the machine's best is
// called.
#pragma once

/// Within HWY_NAMESPACE: the functions, with the kind of exponential `Exp`.
#define XENT_ROW_FUNCTIONS(name, type, T, Exp)                                                   \
  void name##_label_rows_##type(LabelGroup<T>& group) { label_rows<Exp, T>(group); }             \
  ScaledPair name##_soft_row_##type(VectorView<const T> x, const Coefficients<T>& c, Pair scale, \
                                    const RowOutputs<T>& out) {                                  \
    return soft_row<Exp, T>(x, c, scale, out);                                                   \
  }

/// Once, outside: kernel_<type>.
#define XENT_ROW_KERNEL(name, type, T)                                            \
  HWY_EXPORT(name##_label_rows_##type);                                           \
  HWY_EXPORT(name##_soft_row_##type);                                             \
  void kernel_##type(const Problem<T>& problem, const Outputs<T>& out) noexcept { \
    rowwise<T>({.soft = &HWY_DYNAMIC_DISPATCH(name##_soft_row_##type),            \
                .labels = &HWY_DYNAMIC_DISPATCH(name##_label_rows_##type)},       \
               problem, out);                                                     \
  }
