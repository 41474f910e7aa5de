// SPDX-License-Identifier: MIT
#include "tensors/name_list.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace xent::tensors {
namespace {

constexpr std::size_t few = 5;

}  // namespace

std::string shown(std::string_view text) {
  constexpr std::size_t longest = 60;
  std::string start(text.substr(0, longest));
  std::ranges::replace_if(
      start, [](char c) { return c < ' ' || c > '~'; }, '?');
  return fmt::format("'{}{}'", start, text.size() > longest ? "..." : "");
}

void NameList::add(std::string_view name) {
  if (size_ < few) few_ += (size_ == 0 ? "" : ", ") + shown(name);
  ++size_;
}

std::string NameList::text() const {
  if (size_ == 0) return "none";
  return size_ > few ? fmt::format("{} and {} more", few_, size_ - few) : few_;
}

}  // namespace xent::tensors
