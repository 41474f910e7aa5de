// SPDX-License-Identifier: MIT
// A Real is a number of Arb that owns its memory.
#pragma once

#if __has_include(<flint/arb.h>)  // FLINT 3 holds Arb
#include <flint/arb.h>
#else
#include <arb.h>
#endif

namespace xent::reference {

/// An arb_t: a real number known to lie in a ball, which has a middle and a radius. Made from a
/// double it is that point.
class Real {
 public:
  Real() { arb_init(x_); }
  explicit Real(double value) : Real() { arb_set_d(x_, value); }
  Real(const Real& other) : Real() { arb_set(x_, other.x_); }
  Real(Real&& other) noexcept : Real() { arb_swap(x_, other.x_); }
  Real& operator=(Real other) noexcept {
    arb_swap(x_, other.x_);
    return *this;
  }
  ~Real() { arb_clear(x_); }

  arb_ptr get() { return x_; }
  arb_srcptr get() const { return x_; }

 private:
  arb_t x_;
};

}  // namespace xent::reference
