// SPDX-License-Identifier: MIT
// The .safetensors reader allocates what it reads, whatever the header claims: not for a length
// that the file has not, not for nesting, and of the data only the tensor asked for.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <new>

#include <fmt/format.h>

#include "cases/safetensors.hpp"
#include "tests/expect.hpp"
#include "tests/npy_bytes.hpp"
#include "tests/safetensors_bytes.hpp"

namespace {

std::size_t largest_allocation = 0;

}  // namespace

void* operator new(std::size_t bytes) {
  largest_allocation = std::max(largest_allocation, bytes);
  if (void* memory = std::malloc(bytes)) return memory;
  throw std::bad_alloc();
}
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }

int main() {
  using namespace xent::tests;
  using xent::cases::read_safetensors;
  const Folder folder;
  const std::string path = folder.path + "/x.safetensors";
  const std::string claims[] = {
      length_bytes(std::uint64_t{1} << 60) + "{}",
      length_bytes(99'999'999) + "{}",
      safetensors(R"({"x":{"dtype":"F64","shape":[268435456],"data_offsets":[0,2147483648]}})",
                  "1"),
      safetensors(R"({"x":{"dtype":"F64","shape":[268435456],"data_offsets":[0,8]}})", "12345678"),
      safetensors(R"({"x":{"dtype":"F8","shape":[268435456],"data_offsets":[0,1]}})", "1"),
  };
  for (const std::string& claim : claims) {
    write_bytes(path, claim);
    largest_allocation = 0;
    expect_fault<xent::FileError>([&] { read_safetensors(path, "x"); }, path);
    expect(0 < largest_allocation && largest_allocation < 65536, "little is allocated");
  }
  std::string deep = "{\"x\":";
  deep.append(1 << 20, '[');
  write_bytes(path, safetensors(deep, ""));
  largest_allocation = 0;
  expect_fault<xent::FileError>([&] { read_safetensors(path, "x"); }, path);
  expect(largest_allocation <= deep.size() + 64, "a nested header takes its own length");

  const std::string others(1 << 20, '\0');
  write_bytes(path, safetensors(fmt::format(R"({{"all":{{"dtype":"U8","shape":[{0}],)"
                                            R"("data_offsets":[0,{0}]}},"x":{{"dtype":"F32",)"
                                            R"("shape":[1],"data_offsets":[{0},{1}]}}}})",
                                            others.size(), others.size() + 4),
                                others + std::string("\0\0\x80\x3f", 4)));
  largest_allocation = 0;
  expect(read_safetensors(path, "x").as<float>()[0] == 1, "the tensor behind another is read");
  expect(largest_allocation < 65536, "the other is not");
  return exit_code();
}
