// SPDX-License-Identifier: MIT
// Progress on a terminal, by carriage return and erase-to-end-of-line.

#include "cli/progress.hpp"

#include <fmt/format.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "system/standard_streams.hpp"

namespace xent::cli {

Progress::Progress() : terminal_(::isatty(STDERR_FILENO) == 1) {}

void Progress::show(std::string_view text) {
  if (!terminal_) return;
  winsize size{};
  const bool known = ::ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 1;
  const std::size_t width = known ? size.ws_col - 1U : 79U;
  system::tell(fmt::format("\r{}\033[K", text.substr(0, width)));
  shown_ = true;
}

void Progress::clear() {
  if (!shown_) return;
  system::tell("\r\033[K");
  shown_ = false;
}

}  // namespace xent::cli
