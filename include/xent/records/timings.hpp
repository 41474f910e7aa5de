// SPDX-License-Identifier: MIT
// What bench found: times, and the roofs of the same run.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace xent {

/// The time of one operation on one shape: for one thread the time in which it had a processor, for
/// several threads that on the wall. Its roof is the time in which the roof kernels of the same run
/// move the bytes that it has to move: that of the fastest read of the logits, for dense targets
/// times the bytes of logits and targets over those of the logits; with a gradient also that of the
/// fastest write of it.
struct TimingRecord {
  std::string implementation;  // or a peer
  std::string dtype;
  std::string instruction_set;  // in force; "" where there is no choice
  /// "labels", "one_hot", "probs" or "csr", and the options: "labels+weight+smoothing=0.1".
  std::string targets;
  bool gradient = false;
  std::string reduction = {};  // "": of the losses none, with gradient their mean
  std::int64_t batch = 0;      // rows, of all axes but that of the classes
  std::int64_t classes = 0;
  std::int64_t inner = 1;       // rows of the axes behind the classes: of [N, C, d1, d2], d1 d2
  std::string layout = "rows";  // how logits, dense targets and gradient lie, or "strided", or
                                // "class-axis-1"
  std::int64_t threads = 1;     // that it and its roof may use
  std::int64_t repetitions = 0;
  double ns_min = 0;                    // per call
  double ns_median = 0;                 // per call
  double spread = 0;                    // from the first to the third quartile, over the median
  std::vector<double> samples_ns = {};  // per call; sample k of all of a shape are of one round
  std::int64_t preempted = 0;           // samples during which other processes took a processor
  std::string unreliable = {};          // why it cannot be relied on; "" where it can
  double bytes = 0;                     // logits, targets, weights and gradient, each once
  std::string residency;                // the smallest cache that holds them: "L1d" …, or "DRAM"
  std::optional<double> roof_multiple =
      {};                  // ns_min over its roof; none of more threads than cores
  double checked_ulp = 0;  // largest loss error of the rows checked before timing
  std::int64_t checked_rows = 0;
  std::string plugin = {};  // whose kernel it is; "" of an implementation of this program
  std::int64_t run = 0;     // index into Results::runs
};

/// The speed of one roof kernel, which only moves bytes: from the logits, to the gradient, or both.
struct RoofRecord {
  std::string kind;  // "read", "write", "nt_write" (non-temporal), "copy" or "nt_copy"
  std::string kernel;
  std::string dtype;
  std::int64_t batch = 0;
  std::int64_t classes = 0;
  std::int64_t threads = 1;  // that share the array
  double bytes = 0;          // per call: read plus written
  std::string residency;     // as in TimingRecord
  double gigabytes_per_second = 0;
  bool fastest = false;  // of its kind on this shape
  std::int64_t run = 0;  // index into Results::runs
};

}  // namespace xent
