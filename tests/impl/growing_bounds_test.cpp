// SPDX-License-Identifier: MIT
// No bound falls where magnitudes of coefficients grow. Those that the facts give are sums of
// |q_k|; the sums of the q_k themselves may cancel, so a bound must not conclude from a large sum
// that a result is large.
#include <cmath>
#include <string>

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <xent/implementation.hpp>

namespace {

using namespace xent;

/// A positive number up to 2^257, subnormal numbers included: as a product with the factor below,
/// and with another, none is infinite.
double drawn_size() {
  const int exponent = *rc::gen::inRange(-1074, 257);
  return std::ldexp(1 + *rc::gen::inRange(0, 1000) / 1000.0, exponent);
}

RowFacts drawn_row() {
  const double classes = *rc::gen::inRange(1, 100000);
  return {.classes = classes,
          .max_abs = *rc::gen::inRange(0, 1000) * 1.0,
          .spread = *rc::gen::inRange(0, 100) / 100.0 * std::log(classes),
          .tail = *rc::gen::inRange(0, 100) / 100.0 * std::log(classes),
          .target_mass = drawn_size(),
          .gap = drawn_size(),
          .targets = 1.0 + *rc::gen::inRange(0, static_cast<int>(classes))};
}

GradFacts drawn_component() {
  return {.p = std::ldexp(1.0, -*rc::gen::inRange(0, 1074)),
          .q = drawn_size(),
          .others = drawn_size(),
          .distance = *rc::gen::inRange(0, 1000) * 1.0,
          .scale = drawn_size()};
}

bool no_less(const ErrorBound& large, const ErrorBound& small) {
  return large.ulp >= small.ulp && large.relative >= small.relative &&
         large.absolute >= small.absolute;
}

template <class T>
void check(const Implementation& implementation) {
  const Contract<T>& contract = implementation.contract<T>();
  if (contract.kernel == nullptr) return;
  const auto name = fmt::format("{} of {}", implementation.name, to_string(dtype_of<T>));
  const double factor = std::ldexp(1.0, *rc::gen::inRange(1, 300));
  const RowFacts row = drawn_row();
  const GradFacts component = drawn_component();
  RowFacts large_row = row;
  large_row.target_mass *= factor;
  large_row.gap *= factor;
  GradFacts large_component = component;
  large_component.others *= factor;
  if (!no_less(contract.loss_bound(large_row), contract.loss_bound(row)))
    RC_FAIL(name + ": the bound of a loss fell");
  if (!no_less(contract.grad_bound(large_row, large_component),
               contract.grad_bound(row, component)))
    RC_FAIL(name + ": the bound of a gradient component fell");
}

RC_GTEST_PROP(GrowingBounds, NoneFallsWhereCoefficientsGrow, ()) {
  for (const Implementation* implementation : implementations())
    for (const DType dtype : all_dtypes)
      with_dtype(dtype, [&](auto zero) { check<decltype(zero)>(*implementation); });
}

}  // namespace
