// SPDX-License-Identifier: MIT
// Makes kernels of the row functions in simd/rows-inl.hpp: for each implementation and element type
// five functions are compiled for every target, and a kernel calls those of the chosen
// instruction set.
#pragma once

#include <cstddef>
#include <type_traits>

#include <hwy/highway.h>
#include <hwy/targets.h>

#include <xent/execution.hpp>

#include "impl/driver/instruction_sets.hpp"
#include "impl/driver/rowwise.hpp"
#include "impl/rows/wide/divergence_row.hpp"
#include "impl/rows/wide/given_row.hpp"

namespace xent::impl {
namespace {

/// Returns the place of an instruction set in a table of Highway's. Highway numbers the places by
/// what this file is compiled for; the table of one target has one place.
template <class Function, std::size_t places>
std::size_t place_of(InstructionSet set, Function const (&)[places]) noexcept {
  if constexpr (places == 1) {
    return 0;
  } else {
    hwy::ChosenTarget chosen;
    chosen.Update(target_of(set));
    return chosen.GetIndex();
  }
}

}  // namespace
}  // namespace xent::impl

/// Defines the five functions for the elements T, with the kind of exponential `Exp`. Put it
/// within HWY_NAMESPACE; `type` is the name of T (XENT_EACH_ELEMENT).
#define XENT_ROW_FUNCTIONS(name, type, T, Exp)                                                     \
  void name##_label_rows_##type(LabelGroup<T>& group) {                                            \
    label_rows<Exp, T>(group);                                                                     \
    clear_upper_halves();                                                                          \
  }                                                                                                \
  ScaledPair name##_soft_row_##type(VectorView<const T> x, const Coefficients<T>& c, Pair scale,   \
                                    const RowOutputs<T>& out) {                                    \
    const ScaledPair loss = soft_row<Exp, T>(x, c, scale, out);                                    \
    clear_upper_halves();                                                                          \
    return loss;                                                                                   \
  }                                                                                                \
  void name##_soft_rows_##type(SoftGroup<T>& group) {                                              \
    soft_rows<Exp, T>(group);                                                                      \
    clear_upper_halves();                                                                          \
  }                                                                                                \
  ScaledPair name##_mapped_row_##type(VectorView<const T> x, const Coefficients<T>& c, Pair scale, \
                                      const RowOutputs<T>& out) {                                  \
    const ScaledPair loss = mapped_row_in_lanes<Exp, T>(x, c, scale, out);                         \
    clear_upper_halves();                                                                          \
    return loss;                                                                                   \
  }                                                                                                \
  void name##_mapped_rows_##type(SoftGroup<T>& group) {                                            \
    mapped_rows<Exp, T>(group);                                                                    \
    clear_upper_halves();                                                                          \
  }

/// Defines kernel_of(T), the kernel that calls those functions of the instruction set of the call.
/// Put it once, outside HWY_NAMESPACE.
#define XENT_ROW_KERNEL(name, type, T)                                         \
  HWY_EXPORT(name##_label_rows_##type);                                        \
  HWY_EXPORT(name##_soft_row_##type);                                          \
  HWY_EXPORT(name##_soft_rows_##type);                                         \
  HWY_EXPORT(name##_mapped_row_##type);                                        \
  HWY_EXPORT(name##_mapped_rows_##type);                                       \
  void kernel_##type(const Problem<T>& problem, const Outputs<T>& out,         \
                     const Execution& execution) noexcept {                    \
    const auto& soft = HWY_DISPATCH_TABLE(name##_soft_row_##type);             \
    const std::size_t at = place_of(execution.instruction_set, soft);          \
    rowwise<T>({.soft = soft[at],                                              \
                .mapped = HWY_DISPATCH_TABLE(name##_mapped_row_##type)[at],    \
                .given = given_row<T>,                                         \
                .divergence = divergence_row<T>,                               \
                .labels = HWY_DISPATCH_TABLE(name##_label_rows_##type)[at],    \
                .softs = HWY_DISPATCH_TABLE(name##_soft_rows_##type)[at],      \
                .mappeds = HWY_DISPATCH_TABLE(name##_mapped_rows_##type)[at]}, \
               problem, out, execution.threads);                               \
  }                                                                            \
  constexpr Kernel<T> kernel_of(std::type_identity<T>) { return kernel_##type; }
