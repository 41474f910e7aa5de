// SPDX-License-Identifier: MIT
// Zip archives of given bytes, good ones and others.
#pragma once

#include <cstdint>
#include <cstring>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include <zlib.h>

namespace xent::tests {

/// A member, and what the archive says of it where that is another thing than what is so.
struct Zipped {
  std::string name = "x.npy";
  std::string content = {};
  bool deflated = false;
  bool zip64 = false;      // sizes and offset stand in the extra fields of Zip64
  bool described = false;  // the local header leaves the sizes to a descriptor behind the data
  std::uint16_t flags = 0;
  std::optional<std::uint16_t> method = {};
  std::optional<std::uint32_t> crc = {};
  std::optional<std::uint64_t> packed = {}, size = {}, begin = {};
  std::optional<std::string> data = {};        // as the archive holds it
  std::optional<std::string> local_name = {};  // in the local header
  std::string extra = {};                      // further extra fields, of both headers
};

/// What the end of the archive says where that is another thing than what is so.
struct ZipEndSays {
  bool zip64 = false;
  std::string comment = {};
  std::optional<std::uint64_t> members = {}, size = {}, begin = {};
};

template <class T>
std::string little(T number) {
  std::string bytes(sizeof number, '\0');
  std::memcpy(bytes.data(), &number, sizeof number);
  return bytes;
}

inline std::string deflate(std::string_view content) {
  ::z_stream stream{};
  if (::deflateInit2(&stream, 9, Z_DEFLATED, -MAX_WBITS, 8, Z_DEFAULT_STRATEGY) != Z_OK)
    throw std::runtime_error("deflate cannot begin");
  std::string data(::deflateBound(&stream, content.size()), '\0');
  stream.next_in = reinterpret_cast<::Bytef*>(const_cast<char*>(content.data()));
  stream.avail_in = static_cast<::uInt>(content.size());
  stream.next_out = reinterpret_cast<::Bytef*>(data.data());
  stream.avail_out = static_cast<::uInt>(data.size());
  const int answer = ::deflate(&stream, Z_FINISH);
  data.resize(stream.total_out);
  (void)::deflateEnd(&stream);
  if (answer != Z_STREAM_END) throw std::runtime_error("deflate does not end");
  return data;
}

/// The fields that both headers of a member have in common, but for the lengths of name and extra
/// field; `sizes` as the header has them.
inline std::string common_fields(const Zipped& member, const std::string& sizes) {
  const auto method = member.method.value_or(member.deflated ? std::uint16_t{8} : std::uint16_t{0});
  const auto flags = static_cast<std::uint16_t>(member.flags | (member.described ? 8U : 0U));
  return little<std::uint16_t>(45) + little(flags) + little(method) + little<std::uint32_t>(0) +
         sizes;
}

inline std::string lengths(std::size_t name, std::size_t extra) {
  return little(static_cast<std::uint16_t>(name)) + little(static_cast<std::uint16_t>(extra));
}

/// An archive of the members in this order, with all that is said of them.
inline std::string zip(const std::vector<Zipped>& members, const ZipEndSays& says = {}) {
  constexpr std::uint32_t deferred = 0xffffffff;
  std::string archive, directory;
  for (const Zipped& one : members) {
    const std::string data = one.data.value_or(one.deflated ? deflate(one.content) : one.content);
    const auto crc = one.crc.value_or(static_cast<std::uint32_t>(
        ::crc32_z(0, reinterpret_cast<const ::Bytef*>(one.content.data()), one.content.size())));
    const std::uint64_t packed = one.packed.value_or(data.size());
    const std::uint64_t size = one.size.value_or(one.content.size());
    const std::uint64_t begin = one.begin.value_or(archive.size());
    const auto narrow = [&](std::uint64_t number) {
      return little(one.zip64 ? deferred : static_cast<std::uint32_t>(number));
    };
    const auto wide = [&](const std::string& numbers) {
      return one.zip64 ? lengths(1, numbers.size()) + numbers : "";
    };
    const std::string sizes = little(crc) + narrow(packed) + narrow(size);
    const std::string local_extra = wide(little(size) + little(packed)) + one.extra;
    const std::string central_extra =
        wide(little(size) + little(packed) + little(begin)) + one.extra;
    const std::string local_name = one.local_name.value_or(one.name);
    archive += "PK\3\4" + common_fields(one, one.described ? std::string(12, '\0') : sizes) +
               lengths(local_name.size(), local_extra.size());
    archive.append(local_name).append(local_extra).append(data);
    if (one.described)
      archive += "PK\7\10" + little(crc) + little(static_cast<std::uint32_t>(packed)) +
                 little(static_cast<std::uint32_t>(size));
    directory += "PK\1\2" + little<std::uint16_t>(45) + common_fields(one, sizes) +
                 lengths(one.name.size(), central_extra.size()) + std::string(10, '\0') +
                 narrow(begin);
    directory.append(one.name).append(central_extra);
  }
  const std::uint64_t count = says.members.value_or(members.size());
  const std::uint64_t size = says.size.value_or(directory.size());
  const std::uint64_t begin = says.begin.value_or(archive.size());
  archive += directory;
  const std::uint64_t end = archive.size();
  if (says.zip64)
    archive += "PK\6\6" + little<std::uint64_t>(44) + lengths(45, 45) + std::string(8, '\0') +
               little(count) + little(count) + little(size) + little(begin) + "PK\6\7" +
               std::string(4, '\0') + little(end) + little<std::uint32_t>(1);
  const auto narrow_count = says.zip64 ? std::uint16_t{0xffff} : static_cast<std::uint16_t>(count);
  return archive + "PK\5\6" + std::string(4, '\0') + little(narrow_count) + little(narrow_count) +
         little(says.zip64 ? deferred : static_cast<std::uint32_t>(size)) +
         little(says.zip64 ? deferred : static_cast<std::uint32_t>(begin)) +
         little(static_cast<std::uint16_t>(says.comment.size())) + says.comment;
}

}  // namespace xent::tests
