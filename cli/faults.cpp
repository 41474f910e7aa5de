// SPDX-License-Identifier: MIT
// Turns every fault into one line on standard error and an exit code.

#include "cli/faults.hpp"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <exception>
#include <new>
#include <system_error>
#include <utility>

#include <xent/remote_kernel.hpp>
#include <xent/validate.hpp>

#include "cases/case.hpp"
#include "reports/text.hpp"
#include "system/interruption.hpp"
#include "system/output_file.hpp"
#include "system/standard_streams.hpp"

namespace xent::cli {

int fault(const std::string& where, std::string text, int code) {
  std::replace(text.begin(), text.end(), '\n', ' ');
  system::tell(where + ": " + reports::printable(text) + "\n");
  return code;
}

namespace {

int standard_output_fault(const std::string& where, int error) {
  if (error == EPIPE) system::end_by_broken_pipe();
  return fault(where, "standard output: " + std::generic_category().message(error), exit_bad_input);
}

/// The exit code `code`, or that of standard output that cannot be written.
int after_output(const std::string& where, int code) {
  return std::fflush(stdout) == 0 ? code : standard_output_fault(where, errno);
}

}  // namespace

int run_action(const std::string& where, const std::string& command, const Action& action) {
  try {
    return after_output(where, action(command));
  } catch (const std::system_error& error) {
    if (std::ferror(stdout) != 0) return standard_output_fault(where, error.code().value());
    return fault(where, error.what(), exit_bad_input);
  } catch (const std::bad_alloc&) {
    return fault(where, "not enough memory", exit_bad_input);
  } catch (const FileError& error) {
    return fault(where, error.what(), exit_bad_input);
  } catch (const UndecidedResult& error) {
    return fault(where, error.what(), exit_check_failed);
  } catch (const KernelDeclined& declined) {
    return fault(where, declined.what(), exit_bad_input);
  } catch (const KernelFault& error) {
    return fault(where, error.what(), exit_check_failed);
  } catch (const UsageError& error) {
    return fault(where, error.what(), exit_bad_input);
  } catch (const InvalidProblem& error) {
    return fault(where, error.what(), exit_bad_input);
  } catch (const cases::InvalidRecipe& error) {
    return fault(where, error.what(), exit_bad_input);
  } catch (const std::exception& error) {
    return fault(where, std::string("internal error: ") + error.what(), exit_internal);
  }
}

}  // namespace xent::cli
