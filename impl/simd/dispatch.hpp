// SPDX-License-Identifier: MIT
// Makes kernels of the row functions in simd/rows-inl.hpp: for each implementation and element type
// a pair of functions is compiled for every target, and a kernel calls those of the chosen
// instruction set.
#pragma once

/// Defines the pair of functions for the elements T, with the kind of exponential `Exp`. Put it
/// within HWY_NAMESPACE; `type` is f32, f64, bf16 or f16.
#define XENT_ROW_FUNCTIONS(name, type, T, Exp)                                                   \
  void name##_label_rows_##type(LabelGroup<T>& group) { label_rows<Exp, T>(group); }             \
  ScaledPair name##_soft_row_##type(VectorView<const T> x, const Coefficients<T>& c, Pair scale, \
                                    const RowOutputs<T>& out) {                                  \
    return soft_row<Exp, T>(x, c, scale, out);                                                   \
  }

/// Defines kernel_<type>, which dispatches to those functions. Put it once, outside HWY_NAMESPACE.
#define XENT_ROW_KERNEL(name, type, T)                                            \
  HWY_EXPORT(name##_label_rows_##type);                                           \
  HWY_EXPORT(name##_soft_row_##type);                                             \
  void kernel_##type(const Problem<T>& problem, const Outputs<T>& out) noexcept { \
    rowwise<T>({.soft = &HWY_DYNAMIC_DISPATCH(name##_soft_row_##type),            \
                .labels = &HWY_DYNAMIC_DISPATCH(name##_label_rows_##type)},       \
               problem, out);                                                     \
  }
