// SPDX-License-Identifier: MIT
// A Fault is why a call of the C interface is refused. It never leaves the library: guarded() turns
// it, and every other exception, into a status and an xent_error.
#pragma once

#include <exception>
#include <string>
#include <string_view>
#include <utility>

#include <xent.h>

namespace xent::library {

/// Names the field that is wrong, "" where none is, and says what is wrong with it.
class Fault : public std::exception {
 public:
  Fault(xent_status status, std::string field, std::string message)
      : status_(status), field_(std::move(field)), message_(std::move(message)) {}

  const char* what() const noexcept override { return message_.c_str(); }
  const std::string& field() const { return field_; }
  xent_status status() const { return status_; }

 private:
  xent_status status_;
  std::string field_;
  std::string message_;
};

/// These throw the Fault of a field: of one that is wrong, and of one that is right and not offered.
[[noreturn]] void refuse(std::string_view field, const std::string& message);
[[noreturn]] void refuse_unsupported(std::string_view field, const std::string& message);

/// Throws the exception that is being handled as the Fault of that field, where it is an
/// InvalidProblem.
[[noreturn]] void rethrow_of(std::string_view field);

/// Calls check(), whose InvalidProblem is a Fault of that field.
template <class Check>
void check_of(std::string_view field, const Check& check) {
  try {
    check();
  } catch (...) {
    rethrow_of(field);
  }
}

/// Returns the status of the exception that is being handled, and fills `error` where there is one.
xent_status report(xent_error* error) noexcept;

/// Calls `call` and returns XENT_OK, or the status of what it throws.
template <class Call>
xent_status guarded(xent_error* error, const Call& call) noexcept {
  try {
    call();
    return XENT_OK;
  } catch (...) {
    return report(error);
  }
}

}  // namespace xent::library
