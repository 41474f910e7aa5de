// SPDX-License-Identifier: MIT
// Numbers: an array of any element type, once.

#include "cli/verbs/eval/numbers.hpp"

namespace xent::cli {

Numbers zeros(DType dtype, std::ptrdiff_t count) {
  const auto size = static_cast<std::size_t>(count);
  return with_dtype(dtype, [&]<class T>(T) -> Numbers { return std::vector<T>(size); });
}

void put(Numbers& numbers, std::ptrdiff_t index, double value) {
  std::visit(
      [&]<class T>(std::vector<T>& elements) {
        elements[static_cast<std::size_t>(index)] = static_cast<T>(value);
      },
      numbers);
}

template <class T>
Numbers rounded(std::vector<T> values, DType dtype) {
  if (dtype == dtype_of<T>) return values;
  Numbers numbers = zeros(dtype, std::ssize(values));
  std::ptrdiff_t index = 0;
  for (const T value : values) put(numbers, index++, static_cast<double>(value));
  return numbers;
}

template Numbers rounded(std::vector<float>, DType);
template Numbers rounded(std::vector<double>, DType);

void negate(Numbers& numbers) {
  std::visit(
      []<class T>(std::vector<T>& elements) {
        for (T& x : elements) x = static_cast<T>(0 - static_cast<double>(x));
      },
      numbers);
}

AnyVector elements_of(const Numbers& numbers) {
  return std::visit(
      []<class T>(const std::vector<T>& elements) {
        return AnyVector(VectorView<const T>{elements.data(), std::ssize(elements), 1});
      },
      numbers);
}

}  // namespace xent::cli
