// SPDX-License-Identifier: MIT
// Fuzzes the reader of results: any text is a document or a fault of it, and what is read of a
// document is written and read again the same.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "reports/json/json.hpp"
#include "tests/fuzz/live_heap.hpp"
#include "tests/fuzz/require.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace xent;
  const fuzz::LiveHeap heap(size);
  const std::string name = "results.json";
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  try {
    const std::string written = reports::to_json(reports::parse_json(text, name));
    fuzz::require(reports::to_json(reports::parse_json(written, name)) == written,
                  "what is written is read");
  } catch (const FileError& fault) {
    fuzz::require(std::string_view(fault.what()).starts_with(name + ": "),
                  "the fault names the file");
  }
  return 0;
}
