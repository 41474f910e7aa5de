// SPDX-License-Identifier: MIT
// An archive ends in: central directory, [Zip64 end, Zip64 locator,] end, comment.
#include "tensors/npz/zip_end.hpp"

#include <algorithm>
#include <cstddef>
#include <string_view>

#include <fmt/format.h>

namespace xent::tensors {
namespace {

[[noreturn]] void fail(std::string_view fault) { throw InvalidZip(std::string(fault)); }

/// What an end says, of either width.
struct Claims {
  std::uint64_t disk, directory_disk, members_here, members, size, begin;
};

/// The place of the end; what follows it is its comment.
std::size_t place_of_end(ZipBytes archive) {
  constexpr std::size_t longest = end_of_archive.size + 0xffff;
  const std::size_t before = archive.size() - std::min(archive.size(), longest);
  const std::size_t found = text_of(archive.subspan(before)).rfind(end_of_archive.signature);
  if (found == std::string_view::npos)
    fail(text_of(archive).starts_with("PK")
             ? "the end of the zip archive is missing; the file is cut off"
             : "is not a zip archive, as .npz files are");
  const std::size_t at = before + found;
  if (!begins_with(archive.subspan(at), end_of_archive))
    fail("the file ends inside the end of the zip archive");
  if (number_at<std::uint16_t>(archive, at + 20) != archive.size() - at - end_of_archive.size)
    fail("the zip archive does not end where the file ends");
  return at;
}

Claims claims_of_end(ZipBytes end) {
  return {.disk = number_at<std::uint16_t>(end, 4),
          .directory_disk = number_at<std::uint16_t>(end, 6),
          .members_here = number_at<std::uint16_t>(end, 8),
          .members = number_at<std::uint16_t>(end, 10),
          .size = number_at<std::uint32_t>(end, 12),
          .begin = number_at<std::uint32_t>(end, 16)};
}

Claims claims_of_zip64(ZipBytes end) {
  return {.disk = number_at<std::uint32_t>(end, 16),
          .directory_disk = number_at<std::uint32_t>(end, 20),
          .members_here = number_at<std::uint64_t>(end, 24),
          .members = number_at<std::uint64_t>(end, 32),
          .size = number_at<std::uint64_t>(end, 40),
          .begin = number_at<std::uint64_t>(end, 48)};
}

/// Two ends agree where the narrow one does not defer to the wide one.
bool agree(const Claims& narrow, const Claims& wide) {
  const auto same = [](std::uint64_t one, std::uint64_t other, std::uint64_t deferring) {
    return one == other || one == deferring;
  };
  return same(narrow.disk, wide.disk, in_zip64_16) &&
         same(narrow.directory_disk, wide.directory_disk, in_zip64_16) &&
         same(narrow.members_here, wide.members_here, in_zip64_16) &&
         same(narrow.members, wide.members, in_zip64_16) &&
         same(narrow.size, wide.size, in_zip64_32) && same(narrow.begin, wide.begin, in_zip64_32);
}

/// The place of the Zip64 end before the locator that ends at `after`; `after` without a locator.
std::size_t place_of_zip64(ZipBytes archive, std::size_t after) {
  if (after < zip64_locator.size) return after;
  const ZipBytes locator = archive.subspan(after - zip64_locator.size, zip64_locator.size);
  if (!begins_with(locator, zip64_locator)) return after;
  const std::size_t end = after - zip64_locator.size;
  const auto at = number_at<std::uint64_t>(locator, 8);
  if (at > end || !begins_with(archive.subspan(at, end - at), zip64_end) ||
      number_at<std::uint64_t>(archive, at + 4) != end - at - 12)
    fail("the Zip64 end of the zip archive is not where its locator says");
  return at;
}

}  // namespace

ZipEnd find_zip_end(ZipBytes archive) {
  const std::size_t at = place_of_end(archive);
  const std::size_t directory_end = place_of_zip64(archive, at);
  Claims claims = claims_of_end(archive.subspan(at));
  if (directory_end != at) {
    const Claims wide = claims_of_zip64(archive.subspan(directory_end));
    if (!agree(claims, wide)) fail("the two ends of the zip archive disagree");
    claims = wide;
  }
  if (claims.disk != 0 || claims.directory_disk != 0 || claims.members_here != claims.members)
    fail("is one of several files of a zip archive");
  if (claims.size > directory_end || claims.begin != directory_end - claims.size)
    fail("the central directory of the zip archive is not where its end says");
  if (claims.members > claims.size / central_header.size)
    fail(fmt::format("the central directory of {} bytes cannot hold {} members", claims.size,
                     claims.members));
  return {.members = claims.members, .begin = claims.begin, .end = directory_end};
}

}  // namespace xent::tensors
