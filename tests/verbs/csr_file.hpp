// SPDX-License-Identifier: MIT
// Rows of csr as a file for the program.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "tests/support/program.hpp"
#include "tests/tensors/safetensors/safetensors_bytes.hpp"

namespace xent::tests {

/// Writes q.indptr, q.indices and q.data to the file NAME, and returns what --csr takes for them:
/// row i has the probabilities probs[offsets[i]] to probs[offsets[i + 1] - 1] of those classes.
inline std::string write_csr(const Program& xent, const std::string& name,
                             const std::vector<std::int64_t>& offsets,
                             const std::vector<std::int32_t>& classes,
                             const std::vector<float>& probs) {
  const auto bytes = [](const auto& values) { return values.size() * sizeof values[0]; };
  const std::size_t to_classes = bytes(offsets), to_probs = to_classes + bytes(classes),
                    end = to_probs + bytes(probs);
  OutputFile file(xent.file(name));
  file.write(safetensors(
      fmt::format(R"({{"q.indptr":{{"dtype":"I64","shape":[{}],"data_offsets":[0,{}]}},)"
                  R"("q.indices":{{"dtype":"I32","shape":[{}],"data_offsets":[{},{}]}},)"
                  R"("q.data":{{"dtype":"F32","shape":[{}],"data_offsets":[{},{}]}}}})",
                  offsets.size(), to_classes, classes.size(), to_classes, to_probs, probs.size(),
                  to_probs, end),
      ""));
  file.write(offsets.data(), bytes(offsets));
  file.write(classes.data(), bytes(classes));
  file.write(probs.data(), bytes(probs));
  file.commit();
  return xent.file(name + ":q");
}

}  // namespace xent::tests
