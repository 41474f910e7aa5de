// SPDX-License-Identifier: MIT
#include "plugin/serve/captured_output.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <system_error>

#include <sys/mman.h>
#include <unistd.h>

namespace xent::plugin {

CapturedOutput::CapturedOutput() : file_(::memfd_create("xent-plugin-output", MFD_CLOEXEC)) {
  if (file_ < 0 || ::dup2(file_, STDOUT_FILENO) < 0 || ::dup2(file_, STDERR_FILENO) < 0)
    throw std::system_error(errno, std::generic_category(), "output of the plugin");
}

std::string CapturedOutput::take() const {
  (void)std::fflush(stdout);
  const off_t size = ::lseek(file_, 0, SEEK_END);
  if (size <= 0) return "";
  std::array<char, 120> text = {};
  const ssize_t count = ::pread(file_, text.data(), text.size(), 0);
  if (::ftruncate(file_, 0) == 0) ::lseek(file_, 0, SEEK_SET);
  std::string line(text.data(), static_cast<std::size_t>(std::max<ssize_t>(count, 0)));
  line.resize(std::min(line.size(), line.find('\n')));
  return line.empty() ? "an empty line" : "\"" + line + "\"";
}

}  // namespace xent::plugin
