// SPDX-License-Identifier: MIT
// What the program and the worker process of a plugin exchange. Both are the same executable, so
// that these structs lie alike in both: they are written into shared memory, and a byte on a socket
// says that they are.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include <xent/facts.hpp>

#include "plugin/wire_kernel.hpp"

namespace xent::plugin {

/// The tensors of a problem and its results, in this order. The outputs are the last three.
enum Role : std::size_t {
  logits,
  labels,
  probs,
  csr_offsets,
  csr_classes,
  csr_probs,
  weight,
  row_weight,
  loss,
  grad,
  lse,
  roles
};
inline constexpr std::array<const char*, roles> role_names = {
    "logits", "labels",     "probs", "csr_offsets", "csr_classes", "csr_probs",
    "weight", "row_weight", "loss",  "grad",        "lse"};
constexpr bool is_output(std::size_t role) { return role >= loss; }

/// A tensor, in bytes from the beginning of the slot's arena. Its elements lie in [begin, end),
/// `end` being that of its last page; the pages before its first and behind its last are guards,
/// and bytes of its first page before `begin` are canaries.
struct WireTensor {
  std::int32_t axes = -1;  // -1: there is no such tensor
  std::uint8_t code = 0;   // DLDataType
  std::uint8_t bits = 0;
  std::array<std::int64_t, 3> shape = {};
  std::array<std::int64_t, 3> strides = {};  // in elements
  std::uint64_t data = 0;                    // of element (0, 0, 0)
  std::uint64_t begin = 0;
  std::uint64_t end = 0;

  friend bool operator==(const WireTensor&, const WireTensor&) = default;
};

/// The facts of a row that the bounds of a plugin may depend on.
struct WireFacts {
  double classes = 0, max_abs = 0, spread = 0, tail = 0, target_mass = 0, gap = 0, targets = 0,
         lse_size = 0;

  WireFacts() = default;
  explicit WireFacts(const RowFacts& row)
      : classes(row.classes),
        max_abs(row.max_abs),
        spread(row.spread),
        tail(row.tail),
        target_mass(row.target_mass),
        gap(row.gap),
        targets(row.targets),
        lse_size(row.lse_size) {}
  friend bool operator==(const WireFacts&, const WireFacts&) = default;
};

/// A call of a kernel, or of the function that has the bounds of a row.
struct Request {
  std::int32_t kernel = 0;
  bool asks_bounds = false;
  WireFacts row = {};      // whose bounds are asked for
  std::int64_t calls = 0;  // that are timed; 0: one call that is not
  std::int32_t threads = 1;
  std::int32_t reduction = 0, input = 0, kl_divergence = 0, has_ignore_index = 0;
  std::int64_t ignore_index = 0;
  double label_smoothing = 0, z_loss = 0, temperature = 0, softcap = 0, clip = 0;
  std::uint64_t arena_size = 0;
  std::array<WireTensor, roles> tensors = {};
  bool in_place = false;  // the gradient is the logits
};

/// What a call that returned did wrong.
enum class Misdeed : std::int32_t {
  none,
  declined,  // it returned XENT_UNSUPPORTED
  status,
  exception,
  canary,
  environment,
  output
};

struct Reply {
  Misdeed misdeed = Misdeed::none;
  std::array<char, 400> text = {};  // says more of a misdeed
  double processor_ns = 0, elapsed_ns = 0;
  bool preempted = false;
  WireBounds bounds = {};
};

/// What the handler of a deadly signal noted.
struct Crash {
  std::int32_t signal = 0;   // 0: there was none
  std::int32_t writing = 0;  // 1: a write, 0: a read, -1: not known
  std::uint64_t address = 0;
  std::uint64_t data_bytes = 0;  // of memory that the process had taken
};

/// So many calls may run in the worker at the same time, each in a slot.
inline constexpr std::size_t slots = 2;

struct Slot {
  Request request;
  Reply reply;
  std::uint64_t arena_base = 0;  // its address in the worker
};

/// The shared memory beside the arenas.
struct Control {
  Loaded loaded;
  std::array<Slot, slots> slot = {};
  std::uint64_t memory_limit = 0;  // of Crash::data_bytes
  Crash crash;
};

}  // namespace xent::plugin
