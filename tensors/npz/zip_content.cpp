// SPDX-License-Identifier: MIT
// A member lies in the archive as a local header, which says again what the central directory says
// of it, its name, extra fields and its data.
#include "tensors/npz/zip_content.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <utility>

#include <fmt/format.h>
#include <zlib.h>

#include "tensors/name_list.hpp"
#include "tensors/npz/inflated.hpp"

namespace xent::tensors {
namespace {

constexpr std::uint16_t stored = 0, deflated = 8;  // methods

[[noreturn]] void fail(const ZipMember& member, std::string_view fault) {
  throw InvalidZip(fmt::format("member {}: {}", shown(member.name), fault));
}

void check_readable(const ZipMember& member, std::uint16_t local_flags) {
  constexpr unsigned encrypted = 1U << 0U | 1U << 6U | 1U << 13U, patched = 1U << 5U;
  const unsigned flags = unsigned{member.flags} | local_flags;
  if ((flags & encrypted) != 0) fail(member, "it is encrypted");
  if ((flags & patched) != 0) fail(member, "it is a patch of other data");
  if (member.method != stored && member.method != deflated)
    fail(member, fmt::format("it is compressed by method {}; 0 (stored) and 8 (deflate) are read",
                             member.method));
}

/// Its data in the archive.
ZipBytes data_of(const ZipDirectory& directory, const ZipMember& member) {
  const ZipBytes rest = directory.archive().subspan(member.begin, directory.begin() - member.begin);
  if (!begins_with(rest, local_header)) fail(member, "its local header is not where it is said");
  check_readable(member, number_at<std::uint16_t>(rest, 6));
  const std::size_t name = number_at<std::uint16_t>(rest, 26);
  const std::size_t extra = number_at<std::uint16_t>(rest, 28);
  if (name + extra > rest.size() - local_header.size) fail(member, "its local header is cut off");
  if (text_of(rest.subspan(local_header.size, name)) != member.name ||
      number_at<std::uint16_t>(rest, 8) != member.method)
    fail(member, "its two headers disagree");
  const ZipBytes behind = rest.subspan(local_header.size + name + extra);
  if (member.packed > behind.size())
    fail(member, fmt::format("its data of {} bytes do not end before the central directory",
                             member.packed));
  return behind.first(member.packed);
}

/// No other member has a byte of what this one takes, its local header and its data.
void require_alone(const ZipDirectory& directory, const ZipMember& member, ZipBytes data) {
  const ZipBytes archive = directory.archive();
  const auto end = static_cast<std::uint64_t>(data.data() + data.size() - archive.data());
  directory.each([&](const ZipMember& other) {
    if (other.name.data() == member.name.data()) return;  // the same bytes of the directory
    const std::uint64_t takes = local_header.size + other.name.size() +
                                std::min<std::uint64_t>(other.packed, archive.size());
    if (other.begin < end && member.begin < other.begin + takes)
      fail(member, fmt::format("its data overlap those of {}", shown(other.name)));
  });
}

/// As crc32 of zlib, for any size.
std::uint32_t checksum(ZipBytes data) {
  return static_cast<std::uint32_t>(
      ::crc32_z(0, reinterpret_cast<const unsigned char*>(data.data()), data.size()));
}

}  // namespace

InputFile open_member(const ZipDirectory& directory, const ZipMember& member,
                      const std::string& path, const std::shared_ptr<const void>& owner) {
  const ZipBytes data = data_of(directory, member);
  require_alone(directory, member, data);
  std::string part = fmt::format("member {}", shown(member.name));
  if (member.method == deflated)
    return {path, std::move(part), std::make_unique<Inflated>(data, owner, member.size, member.crc),
            member.size};
  if (member.size != data.size())
    fail(member,
         fmt::format("it is stored in {} bytes, and said to have {}", data.size(), member.size));
  if (checksum(data) != member.crc) fail(member, wrong_checksum);
  return {path, std::move(part), data, owner};
}

}  // namespace xent::tensors
