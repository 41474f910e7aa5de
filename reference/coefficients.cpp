// SPDX-License-Identifier: MIT
// Computes enclosures of the c_j of a row and of their sums.
#include "reference/coefficients.hpp"

#include <cmath>

#include "reference/numbers/ladder.hpp"

namespace xent::reference {

template <class N>
Coefficients<N>::Coefficients(const RowProblem& row, bool unit_weight)
    : row_(row),
      unit_weight_(unit_weight),
      divisor_(row.options.label_smoothing != 0 ? static_cast<double>(row.classes()) : 1),
      kept_((N(1) - N(row.options.label_smoothing)) * N(divisor_)) {
  for (std::ptrdiff_t j = 0; j < row.classes(); ++j)
    if (row.is_target(j))
      finite_ = finite_ && std::isfinite(row.q(j)) && (unit_weight || std::isfinite(row.w(j)));
  if (finite_) sum();
}

template <class N>
void Coefficients<N>::sum() {
  double largest = -1;
  for (std::ptrdiff_t j = 0; j < row_.classes(); ++j) {
    if (!row_.is_target(j)) continue;
    const double size = std::abs(upper_double((*this)[j]));
    if (size > largest) {
      largest = size;
      largest_at_ = j;
    }
  }
  largest_ = (*this)[largest_at_];
  for (std::ptrdiff_t j = 0; j < row_.classes(); ++j) {
    if (j == largest_at_ || !row_.is_target(j)) continue;
    const N c = (*this)[j];
    rest_ += c;
    size_of_rest_ += magnitude(c);
  }
}

template <class N>
N Coefficients<N>::operator[](std::ptrdiff_t j) const {
  if (!row_.is_target(j)) return N();
  N c(row_.q(j));
  if (row_.options.label_smoothing != 0) {
    c *= kept_;
    c += N(row_.options.label_smoothing);
  }
  if (!unit_weight_ && !row_.weight.empty()) c *= N(row_.w(j));
  return c;
}

template <class N>
double Coefficients<N>::rounded(std::ptrdiff_t j) const {
  if (!row_.is_target(j)) return 0;
  const double smooth = row_.options.label_smoothing / static_cast<double>(row_.classes());
  return row_.w(j) * ((1 - row_.options.label_smoothing) * row_.q(j) + smooth);
}

template <class N>
int Coefficients<N>::sign_of(std::ptrdiff_t j) const {
  if (!row_.is_target(j)) return 0;
  const auto of = [](double x) { return x > 0 ? 1 : x < 0 ? -1 : 0; };
  if (row_.options.label_smoothing != 0 && row_.q(j) < 0) return sign((*this)[j]);
  const int summed = row_.options.label_smoothing != 0 ? 1 : of(row_.q(j));
  return unit_weight_ || row_.weight.empty() ? summed : summed * of(row_.w(j));
}

template <class N>
N Coefficients<N>::total_without(std::ptrdiff_t j) const {
  if (j == largest_at_) return rest_;
  return largest_ + (rest_ - (*this)[j]);
}

template <class N>
N Coefficients<N>::size_without(std::ptrdiff_t j) const {
  if (j == largest_at_) return size_of_rest_;
  return magnitude(largest_) + (size_of_rest_ - magnitude((*this)[j]));
}

#define XENT_INSTANTIATE(...) template class Coefficients<__VA_ARGS__>;
XENT_FOR_EACH_NUMBER(XENT_INSTANTIATE)
#undef XENT_INSTANTIATE

}  // namespace xent::reference
