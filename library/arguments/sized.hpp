// SPDX-License-Identifier: MIT
// Structs of other versions: a caller's struct begins with its size, by which fields that it does
// not have are 0, and those that this library does not know must be.
#pragma once

#include <cstddef>
#include <cstring>
#include <string>

#include <xent.h>

#include "library/arguments/fault.hpp"

namespace xent::library {

/// The name of a struct in messages, and the least size that is taken: a struct may end behind any
/// field from there on.
template <class S>
struct Sized;
template <>
struct Sized<xent_problem> {
  static constexpr const char* field = "problem.size";
  static constexpr std::size_t least = offsetof(xent_problem, label_smoothing);
};
template <>
struct Sized<xent_results> {
  static constexpr const char* field = "results.size";
  static constexpr std::size_t least = offsetof(xent_results, grad);
};
template <>
struct Sized<xent_execution> {
  static constexpr const char* field = "execution.size";
  static constexpr std::size_t least = offsetof(xent_execution, instruction_set);
};
template <>
struct Sized<xent_contract> {
  static constexpr const char* field = "contract.size";
  static constexpr std::size_t least = offsetof(xent_contract, tier);
};

/// Throws Fault where no version of S has that size.
template <class S>
void check_size(std::size_t size) {
  if (size == sizeof(S)) return;
  if (size < Sized<S>::least || size % alignof(S) != 0)
    refuse(Sized<S>::field, std::to_string(size) + " is the size of no version of this struct; " +
                                std::to_string(sizeof(S)) + " is that of this library's");
}

/// Returns a struct that has all fields of this library: the given one, or else `whole`, where
/// fields that the caller does not have are 0. Throws Fault where a field is set that this library
/// does not know.
template <class S>
const S& whole_of(const S& given, S& whole) {
  if (given.size == sizeof(S)) return given;
  check_size<S>(given.size);
  const auto* bytes = reinterpret_cast<const unsigned char*>(&given);
  for (std::size_t k = sizeof(S); k < given.size; ++k)
    if (bytes[k] != 0)
      refuse_unsupported(Sized<S>::field, "byte " + std::to_string(k) +
                                              " is of a field that this version of the library "
                                              "does not know, and is not 0");
  whole = S{};
  std::memcpy(&whole, &given, given.size < sizeof(S) ? given.size : sizeof(S));
  return whole;
}

/// Writes what the caller's struct has of `made`, whose size it keeps.
template <class S>
void give(S made, S& to) {
  check_size<S>(to.size);
  made.size = to.size;
  std::memcpy(&to, &made, to.size < sizeof(S) ? to.size : sizeof(S));
}

}  // namespace xent::library
