// SPDX-License-Identifier: MIT
// Plan: what is to be timed, on which shapes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include <xent/element.hpp>
#include <xent/implementation.hpp>
#include <xent/records/results.hpp>

#include "bench/workload/form.hpp"
#include "bench/workload/shape.hpp"

namespace xent::bench {

struct Peer;

/// From ten classes to a million: digits, vocabularies, one very wide row.
inline const std::vector<Shape> default_shapes = {{4096, 10},   {32768, 10},  {16, 10000},
                                                  {1024, 1000}, {256, 32000}, {128, 50257},
                                                  {64, 128256}, {16, 262144}, {1, 1000000}};

inline constexpr int most_threads = 1024;

/// Times every implementation on every combination of shape, element type and form.
struct Plan {
  std::vector<const Implementation*> implementations;
  std::vector<const Peer*> peers = {};  // timed on all forms that they take
  std::vector<Shape> shapes = default_shapes;
  std::vector<DType> dtypes = {DType::f32};
  /// `labels` as int64 labels; `one_hot` and `probs` as probs.
  std::vector<Form> forms = {Form{}};
  bool gradient = false;
  /// Of the losses; none: the losses of the rows without gradient, their mean with it.
  std::optional<Reduction> reduction = {};
  int threads = 1;  // that the kernels, the peers and the roofs may use
  int repetitions = 9;
  double min_time = 0.002;        // seconds of each repetition, at least one call: less than a turn
                                  // of a busy machine's scheduler
  std::string family = "normal";  // of the logits, with its scale: cases::Recipe
  double scale = 3;
  std::uint64_t seed = 1;
  std::string instruction_set = {};        // of the dispatched implementations; "" is the best one
  std::ptrdiff_t checked_logits = 300000;  // logits of each result, judged before timing
  /// Which pairs of an implementation and a form take part; empty: all.
  std::function<bool(const Implementation&, const Form&)> admits = {};
  std::function<void()> stop_if_asked = {};  // what it throws comes out
  bool racing = false;                       // who is clearly slower is not repeated to the end
  int attempts = 3;  // to measure a shape until it `satisfies`; the last one counts
  double patience = std::numeric_limits<double>::infinity();  // seconds after which no other begins
  /// Whether the timings of a shape need no other attempt; empty: if all of them are reliable.
  std::function<bool(std::span<const TimingRecord>)> satisfies = {};

  Reduction reduction_used() const {
    return reduction.value_or(gradient ? Reduction::mean : Reduction::none);
  }
};

}  // namespace xent::bench
