// SPDX-License-Identifier: MIT
// The tensors of one request, and their places in an arena: each between guard pages, its end at the
// end of a page.
#pragma once

#include <array>
#include <cstddef>

#include <xent/problem.hpp>

#include "plugin/wire.hpp"

namespace xent::plugin {

/// Bytes of the caller's memory: those from the first to the last element of a tensor.
struct Span {
  std::byte* first = nullptr;
  std::size_t size = 0;
};

/// The tensors of one request, with the memory that each is copied from.
struct Tensors {
  std::array<WireTensor, roles>& wire;
  std::array<Span, roles> spans = {};
};

/// Notes all tensors of a problem and its results in `wire`. Their data are in bytes from their
/// first ones, and move when they are laid out.
template <class T>
Tensors tensors_of(const Problem<T>& problem, const Outputs<T>& out,
                   std::array<WireTensor, roles>& wire);

/// Gives each tensor its place, and returns how large the arena has to be.
std::size_t lay_out(Tensors& all, bool in_place);

}  // namespace xent::plugin
