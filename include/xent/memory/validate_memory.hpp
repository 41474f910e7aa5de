// SPDX-License-Identifier: MIT
// Validates the memory of a problem and of its results: each array is there, and no result shares
// memory with another array, except a gradient that takes the place of the logits.
#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <variant>

#include <xent/any_problem.hpp>
#include <xent/environment.hpp>
#include <xent/memory/footprint.hpp>
#include <xent/memory/overlap.hpp>

namespace xent::detail {

/// The memory of an array, with its name in messages.
struct NamedFootprints {
  const char* name = "";
  Footprints places;

  bool is(std::string_view other) const { return other == name; }
};

/// Throws InvalidProblem where a size is negative, or there are elements and no data.
inline void require_data(const char* name, const void* data, const MatrixView<const std::byte>& m) {
  if (m.rows < 0 || m.cols < 0)
    throw InvalidProblem(std::string(name) + ": a size is negative, " +
                         std::to_string(m.rows < 0 ? m.rows : m.cols));
  if (m.inner < 1)
    throw InvalidProblem(std::string(name) + ": the inner size " + std::to_string(m.inner) +
                         " is not at least 1");
  if (data == nullptr && m.rows > 0 && m.cols > 0)
    throw InvalidProblem(std::string(name) + ": there are elements and no data");
}

/// The arrays that were added. add() throws InvalidProblem where an array is not there, or no
/// memory can hold it.
class Arrays {
 public:
  void add(const char* name, const AnyMatrix& m) {
    require_data(name, m.data, m.layout);
    all_[count_++] = {name, footprints_of(name, m)};
  }
  void add(const char* name, const AnyVector& v) {
    add(name, AnyMatrix(v.data, v.dtype, column(v.size, v.stride)));
  }
  template <class Index>
  void add(const char* name, const VectorView<const Index>& v) {
    require_data(name, v.data, column(v.size, v.stride));
    if (v.size == 0) return;
    const auto places =
        FootprintOf(name, address_of(v.data), sizeof(Index)).axis(v.size, v.stride).footprint();
    all_[count_++] = {name, {.parts = {places}, .count = 1}};
  }

  const NamedFootprints* begin() const { return all_.data(); }
  const NamedFootprints* end() const { return all_.data() + count_; }

 private:
  static MatrixView<const std::byte> column(std::ptrdiff_t size, std::ptrdiff_t stride) {
    return {.rows = size, .cols = 1, .row_stride = stride};
  }

  std::array<NamedFootprints, 6> all_ = {};  // as many as there are inputs
  std::size_t count_ = 0;
};

/// Returns the input arrays of a problem.
inline Arrays inputs_of(const AnyProblem& problem) {
  Arrays inputs;
  inputs.add("logits", problem.logits);
  if (const auto* csr = std::get_if<AnyCsr>(&problem.targets)) {
    inputs.add("csr offsets", csr->offsets);
    inputs.add("csr classes", csr->classes);
    inputs.add("csr probabilities", csr->probs);
  } else if (const auto* probs = std::get_if<AnyMatrix>(&problem.targets)) {
    inputs.add("probabilities", *probs);
  } else if (const auto* labels = std::get_if<Labels<std::int32_t>>(&problem.targets)) {
    inputs.add("labels", *labels);
  } else {
    inputs.add("labels", std::get<Labels<std::int64_t>>(problem.targets));
  }
  inputs.add("weight", problem.weight);
  inputs.add("row weight", problem.row_weight);
  return inputs;
}

/// Returns the output arrays, those that are absent as empty ones.
inline Arrays outputs_of(const AnyOutputs& out) {
  Arrays outputs;
  outputs.add("loss", out.loss);
  outputs.add("gradient", out.grad);
  outputs.add("log-sum-exp", out.lse);
  outputs.add("log-softmax", out.log_softmax);
  return outputs;
}

/// Tells for two matrices of one shape whether element (i, j) of the one is that of the other, for
/// all i and j.
inline bool are_same(const AnyMatrix& one, const AnyMatrix& other) {
  const auto& a = one.layout;
  const auto& b = other.layout;
  return one.data == other.data && one.dtype == other.dtype && a.inner == b.inner &&
         (a.rows <= a.inner || a.row_stride == b.row_stride) &&
         (a.cols <= 1 || a.col_stride == b.col_stride) &&
         (a.rows <= 1 || a.inner == 1 || a.inner_stride == b.inner_stride);
}

/// Throws InvalidProblem where two elements of an output share memory.
inline void require_distinct(const NamedFootprints& one) {
  const auto& [parts, count] = one.places;
  bool shared = count == 2 && overlap(parts[0], parts[1]);
  for (const Footprint& part : one.places) shared = shared || overlaps_itself(part);
  if (shared)
    throw InvalidProblem(std::string(one.name) + ": two elements of this output are in one place");
}

/// Throws InvalidProblem where an output shares memory with another array.
inline void require_apart(const NamedFootprints& one, const NamedFootprints& other) {
  for (const Footprint& part : one.places)
    for (const Footprint& of_other : other.places)
      if (overlap(part, of_other))
        throw InvalidProblem(std::string(one.name) + ": this output lies over the " + other.name);
}

/// Throws InvalidProblem where an array of the problem is not there.
inline void validate_memory(const AnyProblem& problem) { (void)inputs_of(problem); }

/// Throws InvalidProblem where an array is not there, or an output shares memory with an input,
/// with another output or with itself. The gradient may be the logits. The shapes have been
/// validated.
inline void validate_memory(const AnyProblem& problem, const AnyOutputs& out) {
  const Arrays inputs = inputs_of(problem);
  const Arrays outputs = outputs_of(out);
  const bool in_place = are_same(out.grad, problem.logits);
  for (const NamedFootprints* one = outputs.begin(); one != outputs.end(); ++one) {
    require_distinct(*one);
    for (const NamedFootprints* other = outputs.begin(); other != one; ++other)
      require_apart(*one, *other);
    for (const NamedFootprints& input : inputs)
      if (!(in_place && one->is("gradient") && input.is("logits"))) require_apart(*one, input);
  }
}

}  // namespace xent::detail
