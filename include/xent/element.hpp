// SPDX-License-Identifier: MIT
// The element types, with their names, formats and unit roundoffs.
#pragma once

#include <limits>
#include <optional>
#include <string_view>
#include <type_traits>

#include <xent/float16.hpp>

#ifdef __FAST_MATH__
#error "xent computes what is written: build without -ffast-math"
#endif

namespace xent {

/// The element type of a tensor, as a value.
enum class DType { f32, f64, bf16, f16 };

inline constexpr DType all_dtypes[] = {DType::f32, DType::f64, DType::bf16, DType::f16};

constexpr std::string_view to_string(DType dtype) {
  switch (dtype) {
    case DType::f32: return "f32";
    case DType::f64: return "f64";
    case DType::bf16: return "bf16";
    case DType::f16: return "f16";
  }
  return "";
}

/// Returns the element type of that name, as to_string() writes it, or nothing.
constexpr std::optional<DType> find_dtype(std::string_view name) {
  for (const DType dtype : all_dtypes)
    if (to_string(dtype) == name) return dtype;
  return std::nullopt;
}

/// The element type as a value; T is one of the four.
template <class T>
inline constexpr DType dtype_of = std::is_same_v<T, float>    ? DType::f32
                                  : std::is_same_v<T, double> ? DType::f64
                                  : std::is_same_v<T, bf16>   ? DType::bf16
                                                              : DType::f16;

/// The type of the loss and of the log-sum-exp of logits of type T, and the narrowest type of the
/// arithmetic: float for 16-bit types, else T.
template <class T>
using LossOf = std::conditional_t<sizeof(T) == 2, float, T>;

/// Returns the element type of LossOf, for an element type as a value.
constexpr DType loss_dtype_of(DType dtype) {
  return dtype == DType::bf16 || dtype == DType::f16 ? DType::f32 : dtype;
}

/// Expands `macro` for each element type, for explicit instantiations.
// NOLINTNEXTLINE(bugprone-macro-parentheses): the name of a macro
#define XENT_EACH_TYPE(macro) macro(float) macro(double) macro(xent::bf16) macro(xent::f16)

/// A binary floating-point format with subnormal numbers: p significant bits, normal numbers from
/// 2^emin to (2 - 2^(1-p)) 2^emax. Every number of an element type is a number of double.
struct Format {
  int digits = 0;        // p
  int min_exponent = 0;  // emin

  constexpr int max_exponent() const { return 1 - min_exponent; }  // emax
  /// Returns u = 2^-p, the largest relative error of one rounding to nearest.
  constexpr double unit_roundoff() const { return power_of_2(-digits); }
  constexpr double largest() const {
    return (2 - power_of_2(1 - digits)) * power_of_2(max_exponent());
  }
  constexpr double smallest_normal() const { return power_of_2(min_exponent); }

 private:
  /// Returns 2^exponent, for an exponent of a normal double.
  static constexpr double power_of_2(int exponent) {
    return std::bit_cast<double>(std::uint64_t(exponent + 1023) << 52);
  }
};

/// Returns the format of the numbers of an element type.
constexpr Format format_of(DType dtype) {
  switch (dtype) {
    case DType::f32: return {24, -126};
    case DType::f64: return {53, -1022};
    case DType::bf16: return {8, -126};
    case DType::f16: return {11, -14};
  }
  return {};
}

/// Returns the bytes of an element.
constexpr std::size_t size_of(DType dtype) {
  return dtype == DType::f64 ? 8 : dtype == DType::f32 ? 4 : 2;
}

/// The unit roundoff u of T.
template <class T>
inline constexpr double unit_roundoff = format_of(dtype_of<T>).unit_roundoff();

/// Returns f(T{}), T being the C++ type of `dtype`: `with_dtype(d, [](auto zero) { ... })`.
template <class F>
decltype(auto) with_dtype(DType dtype, F&& f) {
  switch (dtype) {
    case DType::f32: return f(float{});
    case DType::f64: return f(double{});
    case DType::bf16: return f(bf16{});
    case DType::f16: break;
  }
  return f(f16{});
}

}  // namespace xent
