// SPDX-License-Identifier: MIT
// Progress on a terminal, by carriage return and erase-to-end-of-line.

#include "cli/progress.hpp"

#include <fmt/format.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "system/standard_streams.hpp"

namespace xent::cli {
namespace {

using std::chrono::duration_cast;
using std::chrono::seconds;

std::size_t line_width() {
  winsize size{};
  const bool known = ::ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 1;
  return known ? size.ws_col - 1U : 79U;
}

}  // namespace

std::string duration_text(seconds time) {
  const auto all = time.count();
  if (all < 60) return fmt::format("{} s", all);
  if (all < 3600) return fmt::format("{} min {} s", all / 60, all % 60);
  return fmt::format("{} h {} min", all / 3600, all % 3600 / 60);
}

Progress::Progress() : terminal_(::isatty(STDERR_FILENO) == 1) {}

void Progress::show(std::string_view piece, std::size_t done, std::size_t all,
                    std::string_view what) {
  if (!terminal_) return;
  const auto now = Clock::now();
  if (what.empty() && now - last_ < std::chrono::milliseconds(100)) return;
  last_ = now;
  if (done < done_) start_ = now;  // another round of the same work
  done_ = done;
  std::string text = fmt::format("{} {} of {}", piece, done + (done < all ? 1 : 0), all);
  const auto elapsed = now - start_;
  if (done > 0 && elapsed >= seconds(1))
    text += fmt::format(", {} left",
                        duration_text(duration_cast<seconds>(elapsed * (all - done) / done)));
  if (!what.empty()) text += fmt::format(": {}", what);
  system::tell(fmt::format("\r{}\033[K", text.substr(0, line_width())));
  shown_ = true;
}

void Progress::clear() {
  if (!shown_) return;
  system::tell("\r\033[K");
  shown_ = false;
}

}  // namespace xent::cli
