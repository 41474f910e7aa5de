// SPDX-License-Identifier: MIT
// The element types, with their names, formats and unit roundoffs.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string_view>
#include <type_traits>

#include <xent/float16.hpp>

#ifdef __FAST_MATH__
#error "xent computes what is written: build without -ffast-math"
#endif

namespace xent {

/// Lists the element types of logits: macro(with, name, type) for each, where the name is that of
/// its DType, of its contract and in every text. A new type is a line here, with its arithmetic and
/// its numeric_limits (float16.hpp has two).
#define XENT_ELEMENTS(macro, with)                                               \
  macro(with, f32, float) macro(with, f64, double) macro(with, bf16, xent::bf16) \
      macro(with, f16, xent::f16)

/// Expands macro(name, type) for each element type.
#define XENT_EACH_ELEMENT(macro) XENT_ELEMENTS(XENT_NAME_AND_TYPE, macro)
#define XENT_NAME_AND_TYPE(macro, name, T) macro(name, T)

/// Expands macro(type) for each element type, for explicit instantiations.
#define XENT_EACH_TYPE(macro) XENT_ELEMENTS(XENT_TYPE_ALONE, macro)
#define XENT_TYPE_ALONE(macro, name, T) macro(T)

/// The element type of a tensor, as a value.
enum class DType {
#define XENT_DTYPE(name, T) name,
  XENT_EACH_ELEMENT(XENT_DTYPE)
#undef XENT_DTYPE
};

inline constexpr DType all_dtypes[] = {
#define XENT_DTYPE(name, T) DType::name,
    XENT_EACH_ELEMENT(XENT_DTYPE)
#undef XENT_DTYPE
};

constexpr std::string_view to_string(DType dtype) {
  constexpr std::string_view names[] = {
#define XENT_DTYPE(name, T) #name,
      XENT_EACH_ELEMENT(XENT_DTYPE)
#undef XENT_DTYPE
  };
  return names[static_cast<std::size_t>(dtype)];
}

/// Returns the element type of that name, as to_string() writes it, or nothing.
constexpr std::optional<DType> find_dtype(std::string_view name) {
  for (const DType dtype : all_dtypes)
    if (to_string(dtype) == name) return dtype;
  return std::nullopt;
}

namespace detail {

/// The DType of T; not defined for other types, so that they do not compile.
template <class T>
struct DTypeOf;
#define XENT_DTYPE(name, T) \
  template <>               \
  struct DTypeOf<T> : std::integral_constant<DType, DType::name> {};
XENT_EACH_ELEMENT(XENT_DTYPE)
#undef XENT_DTYPE

template <class, class... T>
struct EachElement {
  template <template <class...> class In, template <class...> class Of>
  using In_of = In<Of<T>...>;
};

}  // namespace detail

/// The element type as a value; T is one of those listed.
template <class T>
inline constexpr DType dtype_of = detail::DTypeOf<T>::value;

/// In<Of<float>, Of<double>, …>: one of each element type, in their order.
#define XENT_AND_TYPE(T) , T
template <template <class...> class In, template <class...> class Of>
using OfEachElement =
    typename detail::EachElement<void XENT_EACH_TYPE(XENT_AND_TYPE)>::template In_of<In, Of>;
#undef XENT_AND_TYPE

/// Returns f(T{}), T being the C++ type of `dtype`: `with_dtype(d, [](auto zero) { ... })`.
template <class F>
constexpr decltype(auto) with_dtype(DType dtype, F&& f) {
  switch (dtype) {
#define XENT_DTYPE(name, T) \
  case DType::name: return f(T{});
    XENT_EACH_ELEMENT(XENT_DTYPE)
#undef XENT_DTYPE
  }
  __builtin_unreachable();
}

/// The type of the loss and of the log-sum-exp of logits of type T, and the narrowest type of the
/// arithmetic: float for types narrower than it, else T.
template <class T>
using LossOf = std::conditional_t<(sizeof(T) < sizeof(float)), float, T>;

/// Returns the element type of LossOf, for an element type as a value.
constexpr DType loss_dtype_of(DType dtype) {
  return with_dtype(dtype, []<class T>(T) { return dtype_of<LossOf<T>>; });
}

/// A binary floating-point format with subnormal numbers: p significant bits, normal numbers from
/// 2^emin to `largest`, which lies in [2^emax, 2^(emax + 1)). Every number of an element type is a
/// number of double.
struct Format {
  int digits = 0;        // p
  int min_exponent = 0;  // emin
  int max_exponent = 0;  // emax
  double largest = 0;

  /// Returns u = 2^-p, the largest relative error of one rounding to nearest.
  constexpr double unit_roundoff() const { return power_of_2(-digits); }
  constexpr double smallest_normal() const { return power_of_2(min_exponent); }

 private:
  /// Returns 2^exponent, for an exponent of a normal double.
  static constexpr double power_of_2(int exponent) {
    return std::bit_cast<double>(std::uint64_t(exponent + 1023) << 52);
  }
};

/// Returns the format of the numbers of an element type.
constexpr Format format_of(DType dtype) {
  return with_dtype(dtype, []<class T>(T) {
    using Limits = std::numeric_limits<T>;
    return Format{.digits = Limits::digits,
                  .min_exponent = Limits::min_exponent - 1,
                  .max_exponent = Limits::max_exponent - 1,
                  .largest = static_cast<double>(Limits::max())};
  });
}

/// Returns the bytes of an element.
constexpr std::size_t size_of(DType dtype) {
  return with_dtype(dtype, []<class T>(T) { return sizeof(T); });
}

/// The unit roundoff u of T.
template <class T>
inline constexpr double unit_roundoff = format_of(dtype_of<T>).unit_roundoff();

}  // namespace xent
