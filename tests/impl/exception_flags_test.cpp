// SPDX-License-Identifier: MIT
// Finite numbers raise none of IEEE 754's flags for an invalid operation, a division by zero or an
// overflow, whatever the number of rows and classes: no lane without an element computes on what
// lies in memory. So kernels run under feenableexcept().

#include <cfenv>
#include <cmath>
#include <cstdint>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <xent/implementation.hpp>

#include "properties/dispatch.hpp"
#include "tests/support/element_types.hpp"

namespace {

using namespace xent;

constexpr int flags = FE_INVALID | FE_DIVBYZERO | FE_OVERFLOW;

/// Logits of that size, no two rows alike; targets and results for as many.
template <class T>
struct Batch {
  std::ptrdiff_t rows, classes;
  std::vector<T> logits, probs, weight, grad;
  std::vector<std::int64_t> labels, offsets = {0}, short_row_classes;
  std::vector<T> few;
  std::vector<LossOf<T>> loss, lse;

  Batch(std::ptrdiff_t n, std::ptrdiff_t c, double size) : rows(n), classes(c) {
    for (std::ptrdiff_t k = 0; k < n * c; ++k) {
      logits.push_back(static_cast<T>(size * std::sin(static_cast<double>(3 * k + 1))));
      probs.push_back(static_cast<T>(1.0 / static_cast<double>(k % 5 + 1)));
    }
    for (std::ptrdiff_t j = 0; j < c; ++j)
      weight.push_back(static_cast<T>(0.5 + static_cast<double>(j % 3)));
    for (std::ptrdiff_t i = 0; i < n; ++i) {
      labels.push_back(7 * i % c);
      short_row_classes.push_back(5 * i % c);
      few.push_back(static_cast<T>(0.75F));
      offsets.push_back(i + 1);
    }
    grad.resize(logits.size());
    loss.resize(labels.size());
    lse.resize(labels.size());
  }

  Problem<T> problem(int form, bool weighted, double smoothing, Reduction reduction) const {
    Problem<T> p{.logits = row_major<const T>(logits.data(), rows, classes),
                 .targets = Labels<std::int64_t>{labels.data(), rows},
                 .options = {.reduction = reduction, .label_smoothing = smoothing}};
    if (form == 1) p.targets = row_major<const T>(probs.data(), rows, classes);
    if (form == 2)
      p.targets =
          Csr<T>{{offsets.data(), rows + 1}, {short_row_classes.data(), rows}, {few.data(), rows}};
    if (weighted) p.weight = {weight.data(), classes};
    return p;
  }
  Outputs<T> outputs(Reduction reduction, bool all) {
    Outputs<T> out{.loss = {loss.data(), loss_size(reduction, rows)}};
    if (all) out.grad = row_major<T>(grad.data(), rows, classes);
    if (all) out.lse = {lse.data(), rows};
    return out;
  }
};

/// Fills what a kernel will have as stack with signalling NaN.
__attribute__((noinline)) void spoil_stack() {
  volatile std::uint64_t junk[1 << 15];
  for (volatile std::uint64_t& word : junk) word = 0x7FA000017FF00001;
}

template <class T>
void check(const Implementation& one, const std::string& set, Batch<T>& batch, const char* size) {
  for (int form = 0; form < 3; ++form)
    for (const bool weighted : {false, true})
      for (const double smoothing : {0.0, 0.1})
        for (const Reduction reduction : {Reduction::none, Reduction::mean})
          for (const bool all : {false, true}) {
            const Problem<T> problem = batch.problem(form, weighted, smoothing, reduction);
            const Outputs<T> out = batch.outputs(reduction, all);
            spoil_stack();
            std::feclearexcept(FE_ALL_EXCEPT);
            one.contract<T>().kernel(problem, out);
            const int raised = std::fetestexcept(flags);
            EXPECT_EQ(raised, 0) << fmt::format(
                "{} {} {}, {} logits {} x {}, form {}, weight {}, smoothing {}, {}, "
                "gradient {}: raises{}{}{}",
                one.name, to_string(dtype_of<T>), set, size, batch.rows, batch.classes, form,
                weighted, smoothing, to_string(reduction), all,
                (raised & FE_INVALID) != 0 ? " invalid" : "",
                (raised & FE_DIVBYZERO) != 0 ? " divbyzero" : "",
                (raised & FE_OVERFLOW) != 0 ? " overflow" : "");
          }
}

template <class T>
void check_type() {
  struct Shape {
    std::ptrdiff_t rows, classes;
  };
  const Shape shapes[] = {{1, 1},  {1, 2},  {3, 3},   {5, 10},   {17, 4},   {64, 7},  {70, 10},
                          {1, 64}, {2, 65}, {5, 100}, {17, 130}, {2, 1000}, {1, 5000}};
  for (const Shape& shape : shapes) {
    Batch<T> ordinary(shape.rows, shape.classes, 20);
    // no loss overflows, nor one of f64 in units of 2^-256
    constexpr DType type = dtype_of<T>;
    constexpr double share = type == DType::f16 ? 0.4 : type == DType::f64 ? 0x1p-300 : 0x1p-16;
    Batch<T> large(shape.rows, shape.classes, share * format_of(dtype_of<T>).largest);
    for (const Implementation* one : implementations()) {
      if (one->contract<T>().kernel == nullptr) continue;
      for (const std::string& set :
           one->dispatched ? instruction_sets() : std::vector<std::string>{""}) {
        const Implementation on_set = properties::on_instruction_set(*one, set);
        check(on_set, set, ordinary, "ordinary");
        const bool takes_large =
            one->contract<T>().domain.holds_logit(format_of(dtype_of<T>).largest);
        if (takes_large) check(on_set, set, large, "large");
      }
    }
  }
}

template <class T>
class ExceptionFlags : public testing::Test {};
TYPED_TEST_SUITE(ExceptionFlags, xent::tests::ElementTypes);

TYPED_TEST(ExceptionFlags, NoneIsRaised) { check_type<TypeParam>(); }

}  // namespace
