// SPDX-License-Identifier: MIT
// What is thrown inside the library, as a status, a field and a message.

#include "library/arguments/fault.hpp"

#include <algorithm>
#include <cstddef>
#include <new>
#include <stdexcept>

#include <xent/environment.hpp>

namespace xent::library {
namespace {

/// Copies the text, cut where there is no room.
template <std::size_t size>
void put(char (&to)[size], std::string_view text) noexcept {
  const std::size_t length = std::min(text.size(), size - 1);
  std::copy_n(text.data(), length, &to[0]);
  to[length] = '\0';
}

xent_status filled(xent_error* error, xent_status status, std::string_view field,
                   std::string_view message) noexcept {
  if (error != nullptr) {
    put(error->field, field);
    put(error->message, message);
  }
  return status;
}

}  // namespace

void refuse(std::string_view field, const std::string& message) {
  throw Fault(XENT_INVALID, std::string(field), message);
}

void refuse_unsupported(std::string_view field, const std::string& message) {
  throw Fault(XENT_UNSUPPORTED, std::string(field), message);
}

void rethrow_of(std::string_view field) {
  try {
    throw;
  } catch (const InvalidProblem& fault) {
    refuse(field, fault.what());
  }
}

xent_status report(xent_error* error) noexcept {
  try {
    throw;
  } catch (const Fault& fault) {
    return filled(error, fault.status(), fault.field(), fault.what());
  } catch (const InvalidProblem& fault) {
    return filled(error, XENT_INVALID, "", fault.what());
  } catch (const std::bad_alloc&) {
    return filled(error, XENT_OUT_OF_MEMORY, "", "there is not enough memory");
  } catch (const std::length_error&) {
    return filled(error, XENT_OUT_OF_MEMORY, "", "there is not enough memory");
  } catch (const std::exception& fault) {
    return filled(error, XENT_INTERNAL, "", fault.what());
  } catch (...) {
    return filled(error, XENT_INTERNAL, "", "an unknown exception was thrown");
  }
}

}  // namespace xent::library
