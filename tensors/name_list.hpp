// SPDX-License-Identifier: MIT
// Names that come from files, as messages show them.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace xent::tensors {

/// Text from a file as it is shown in a message: short, in one line, printable, in quotes.
std::string shown(std::string_view text);

/// A few of the names in a file and how many there are besides, in little memory.
class NameList {
 public:
  void add(std::string_view name);
  std::size_t size() const { return size_; }
  /// "'a', 'b' and 7 more"; "none".
  std::string text() const;

 private:
  std::string few_;
  std::size_t size_ = 0;
};

}  // namespace xent::tensors
