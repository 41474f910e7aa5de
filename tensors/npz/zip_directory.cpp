// SPDX-License-Identifier: MIT
#include "tensors/npz/zip_directory.hpp"

#include <cstddef>

#include <fmt/format.h>

#include "tensors/name_list.hpp"

namespace xent::tensors {
namespace {

[[noreturn]] void fail(const ZipMember& member, std::string_view fault) {
  throw InvalidZip(fmt::format("member {}: {}", shown(member.name), fault));
}

/// The extra field of Zip64, without its head; empty where there is none. The extra fields of a
/// member are a list of: kind, size, content.
ZipBytes zip64_of(const ZipMember& member, ZipBytes extra) {
  constexpr std::uint16_t zip64_kind = 1;
  ZipBytes found;
  bool seen = false;
  while (extra.size() >= 4) {
    const auto kind = number_at<std::uint16_t>(extra, 0);
    const auto size = number_at<std::uint16_t>(extra, 2);
    if (size > extra.size() - 4) fail(member, "an extra field is longer than all of them");
    if (kind == zip64_kind) {
      if (seen) fail(member, "it has two extra fields of Zip64");
      found = extra.subspan(4, size);
      seen = true;
    }
    extra = extra.subspan(4 + std::size_t{size});
  }
  return found;
}

/// Takes from the extra field of Zip64, in this order, what the fields of the header defer to it.
void widen(ZipMember& member, ZipBytes zip64) {
  for (std::uint64_t* const number : {&member.size, &member.packed, &member.begin}) {
    if (*number != in_zip64_32) continue;
    if (zip64.size() < sizeof *number) fail(member, "it lacks the sizes of Zip64");
    *number = number_at<std::uint64_t>(zip64, 0);
    zip64 = zip64.subspan(sizeof *number);
  }
}

}  // namespace

void ZipDirectory::each(const std::function<void(const ZipMember&)>& act) const {
  ZipBytes rest = archive_.subspan(end_.begin, end_.end - end_.begin);
  for (std::uint64_t k = 0; k < end_.members; ++k) {
    if (!begins_with(rest, central_header))
      throw InvalidZip(
          fmt::format("the central directory ends after {} of its {} members", k, end_.members));
    const std::size_t name = number_at<std::uint16_t>(rest, 28);
    const std::size_t extra = number_at<std::uint16_t>(rest, 30);
    const std::size_t comment = number_at<std::uint16_t>(rest, 32);
    if (name + extra + comment > rest.size() - central_header.size)
      throw InvalidZip(fmt::format("the central directory ends inside member {}", k));
    ZipMember member{.name = text_of(rest.subspan(central_header.size, name)),
                     .flags = number_at<std::uint16_t>(rest, 8),
                     .method = number_at<std::uint16_t>(rest, 10),
                     .crc = number_at<std::uint32_t>(rest, 16),
                     .packed = number_at<std::uint32_t>(rest, 20),
                     .size = number_at<std::uint32_t>(rest, 24),
                     .begin = number_at<std::uint32_t>(rest, 42)};
    widen(member, zip64_of(member, rest.subspan(central_header.size + name, extra)));
    if (member.begin >= end_.begin) fail(member, "it begins behind the members");
    act(member);
    rest = rest.subspan(central_header.size + name + extra + comment);
  }
  if (!rest.empty()) throw InvalidZip("the central directory goes on after its last member");
}

}  // namespace xent::tensors
