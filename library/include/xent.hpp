// SPDX-License-Identifier: MIT
// xent.hpp: libxent for C++20. A call that xent.h answers with a status throws an xent::Error here, and
// arrays are std::span or whatever becomes one:
//
//   std::vector<float> logits = {1, 2, 4, 0.5F, -1, 3}, grad(6);
//   std::vector<std::int64_t> labels = {2, 0};
//   float loss = 0;
//   xent::CrossEntropy call(xent::Tensor(logits, {2, 3}));
//   call.labels = xent::Tensor(labels, {2});
//   call.loss = xent::Tensor(loss);
//   call.grad = xent::Tensor(grad, {2, 3});
//   call.options.label_smoothing = 0.1;
//   call.compute("simd");
//
// More than 150 lines: it is one header to include.
//
// Tensors own nothing but their shape: arrays must outlive the call.
#ifndef XENT_HPP
#define XENT_HPP

#include <cstdint>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include <xent.h>

namespace xent {

/// Why a call was refused: its status, and the field that is wrong, "" where none is.
class Error : public std::runtime_error {
 public:
  Error(xent_status status, const xent_error& error)
      : std::runtime_error(error.field[0] == '\0'
                               ? std::string(error.message)
                               : std::string(error.field) + ": " + error.message),
        status_(status),
        field_(error.field) {}

  xent_status status() const { return status_; }
  const std::string& field() const { return field_; }

 private:
  xent_status status_;
  std::string field_;
};

/// Calls call(error), a function of xent.h, and throws an Error where its status is not XENT_OK.
template <class Call>
void check_call(const Call& call) {
  xent_error error{};
  const xent_status status = call(&error);
  if (status != XENT_OK) throw Error(status, error);
}

/// An array of float, double, std::int64_t or std::int32_t; of 16-bit numbers with their type.
class Tensor {
 public:
  using Shape = std::vector<std::int64_t>;

  /// Of a std::span, a std::vector, a std::array: its elements, in C order. Throws
  /// std::invalid_argument where it has fewer or more than the shape.
  template <class Array>
  Tensor(Array& array, Shape shape)
      : Tensor(std::span(array).data(), type_of<typename decltype(std::span(array))::value_type>(),
               std::move(shape)) {
    std::int64_t size = 1;
    for (const std::int64_t one : shape_) size *= one;
    if (std::int64_t(std::span(array).size()) != size)
      throw std::invalid_argument("an array of " + std::to_string(std::span(array).size()) +
                                  " elements is not of the shape of " + std::to_string(size));
  }
  /// Of one number, for a loss that is a mean or a sum.
  explicit Tensor(float& number) : Tensor(&number, type_of<float>(), {}) {}
  explicit Tensor(double& number) : Tensor(&number, type_of<double>(), {}) {}
  /// Of elements of any type and strides, in elements; without strides in C order.
  Tensor(const void* data, DLDataType type, Shape shape, Shape strides = {})
      : data_(const_cast<void*>(data)),
        type_(type),
        shape_(std::move(shape)),
        strides_(std::move(strides)) {
    if (!strides_.empty() && strides_.size() != shape_.size())
      throw std::invalid_argument("a tensor has as many strides as axes");
  }

  /// The tensor of DLPack, which points to the shape of this one.
  DLTensor dl() const {
    return {data_,
            {kDLCPU, 0},
            static_cast<std::int32_t>(shape_.size()),
            type_,
            const_cast<std::int64_t*>(shape_.data()),
            strides_.empty() ? nullptr : const_cast<std::int64_t*>(strides_.data()),
            0};
  }

 private:
  template <class T>
  static constexpr DLDataType type_of() {
    using V = std::remove_const_t<T>;
    static_assert(std::is_same_v<V, float> || std::is_same_v<V, double> ||
                      std::is_same_v<V, std::int64_t> || std::is_same_v<V, std::int32_t>,
                  "tensors of other elements are made with their DLDataType");
    constexpr auto code = std::is_integral_v<V> ? kDLInt : kDLFloat;
    return {static_cast<std::uint8_t>(code), 8 * sizeof(V), 1};
  }

  void* data_;
  DLDataType type_;
  Shape shape_, strides_;
};

/// A problem and the places of its results.
struct CrossEntropy {
  explicit CrossEntropy(Tensor of_logits) : logits(std::move(of_logits)) {}

  Tensor logits;
  std::optional<Tensor> labels, probs, csr_offsets, csr_classes, csr_probs, weight, row_weight;
  std::optional<Tensor> loss, grad, lse;
  /// The class axis, the reduction and all other options, as xent.h has them. Its tensors are those
  /// above.
  xent_problem options{};

  /// Computes by the implementation of that name.
  void compute(const std::string& name, std::int32_t threads = 1) const {
    pass([&](const xent_problem* problem, const xent_results* results, xent_error* error) {
      const xent_execution execution{sizeof(xent_execution), threads, nullptr};
      return xent_compute_by(name.c_str(), problem, results, &execution, error);
    });
  }

  /// Calls call(problem, results, error), such as xent_reference, with the structs of xent.h.
  template <class Call>
  void pass(const Call& call) const {
    const std::optional<Tensor> all[] = {logits,      labels,    probs,  csr_offsets,
                                         csr_classes, csr_probs, weight, row_weight,
                                         loss,        grad,      lse};
    DLTensor tensors[std::size(all)];
    DLTensor* given[std::size(all)] = {};
    for (std::size_t k = 0; k < std::size(all); ++k)
      if (all[k]) *(given[k] = &tensors[k]) = all[k]->dl();
    xent_problem problem = options;
    problem.size = sizeof problem;
    problem.logits = given[0];
    problem.labels = given[1];
    problem.probs = given[2];
    problem.csr_offsets = given[3];
    problem.csr_classes = given[4];
    problem.csr_probs = given[5];
    problem.weight = given[6];
    problem.row_weight = given[7];
    const xent_results results{sizeof(xent_results), given[8], given[9], given[10]};
    check_call([&](xent_error* error) { return call(&problem, &results, error); });
  }
};

}  // namespace xent

#endif  // XENT_HPP
