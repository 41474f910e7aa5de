// SPDX-License-Identifier: MIT
// Real data: <name>_logits.npy, f32 [N, C], and <name>_labels.npy, i64 [N].
#pragma once

#include <cstdint>
#include <vector>

#include "cases/case.hpp"

namespace xent::cases {

struct DataSet {
  std::vector<float> logits;         // [N, C]
  std::vector<std::int64_t> labels;  // [N], each in [0, C)
};

/// The whole of it, from the folder named by the environment variable XENT_DATA, or else from the
/// folder ../share/xent/data beside the program. Throws FileError, also where a file does not have
/// the family's shape.
DataSet read_data_set(const Family& family);

}  // namespace xent::cases
