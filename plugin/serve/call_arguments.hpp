// SPDX-License-Identifier: MIT
// The arguments of a kernel of a plugin, made of a request.
#pragma once

#include <array>
#include <cstddef>

#include <xent_plugin.h>

#include "plugin/wire.hpp"

namespace xent::plugin {

/// The structs that a kernel gets, which point into this object and into the arena.
struct CallArguments {
  CallArguments(const Request& request, std::byte* arena) : shape(), strides() {
    for (std::size_t role = 0; role < roles; ++role) {
      const WireTensor& wire = request.tensors[role];
      if (wire.axes < 0) continue;
      shape[role] = wire.shape;
      strides[role] = wire.strides;
      tensors[role] = {.data = arena + wire.data,
                       .device = {kDLCPU, 0},
                       .ndim = wire.axes,
                       .dtype = {wire.code, wire.bits, 1},
                       .shape = shape[role].data(),
                       .strides = strides[role].data(),
                       .byte_offset = 0};
      given[role] = &tensors[role];
    }
    problem = {.size = sizeof(xent_problem),
               .logits = given[logits],
               .labels = given[labels],
               .probs = given[probs],
               .csr_offsets = given[csr_offsets],
               .csr_classes = given[csr_classes],
               .csr_probs = given[csr_probs],
               .weight = given[weight],
               .row_weight = given[row_weight],
               .class_axis = 1,
               .reduction = request.reduction,
               .input = request.input,
               .kl_divergence = request.kl_divergence,
               .has_ignore_index = request.has_ignore_index,
               .reserved = 0,
               .ignore_index = request.ignore_index,
               .label_smoothing = request.label_smoothing,
               .z_loss = request.z_loss,
               .temperature = request.temperature,
               .softcap = request.softcap,
               .clip = request.clip};
    results = {
        .size = sizeof(xent_results), .loss = given[loss], .grad = given[grad], .lse = given[lse]};
    execution = {
        .size = sizeof(xent_execution), .threads = request.threads, .instruction_set = nullptr};
  }
  CallArguments(const CallArguments&) = delete;
  CallArguments& operator=(const CallArguments&) = delete;

  std::array<std::array<std::int64_t, 3>, roles> shape, strides;
  std::array<DLTensor, roles> tensors = {};
  std::array<DLTensor*, roles> given = {};
  xent_problem problem = {};
  xent_results results = {};
  xent_execution execution = {};
};

}  // namespace xent::plugin
