// SPDX-License-Identifier: MIT
// Element types: their names, their unit roundoff.
#pragma once

#include <limits>
#include <optional>
#include <string_view>
#include <type_traits>

#ifdef __FAST_MATH__
#error "xent computes what is written: build without -ffast-math"
#endif

namespace xent {

enum class DType { f32, f64 };

template <class T>
inline constexpr DType dtype_of = std::is_same_v<T, float> ? DType::f32 : DType::f64;

/// u = eps / 2: the largest relative error of one rounding to nearest.
template <class T>
inline constexpr double unit_roundoff = static_cast<double>(std::numeric_limits<T>::epsilon()) / 2;

inline constexpr DType all_dtypes[] = {DType::f32, DType::f64};

constexpr std::string_view to_string(DType dtype) { return dtype == DType::f32 ? "f32" : "f64"; }

/// The element type of that name, or nothing.
constexpr std::optional<DType> find_dtype(std::string_view name) {
  for (const DType dtype : all_dtypes)
    if (to_string(dtype) == name) return dtype;
  return std::nullopt;
}

/// Calls `f` with a value of the C++ type of `dtype`: `with_dtype(d, [](auto zero) { ... })`.
template <class F>
decltype(auto) with_dtype(DType dtype, F&& f) {
  if (dtype == DType::f32) return f(float{});
  return f(double{});
}

}  // namespace xent
