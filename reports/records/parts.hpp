// SPDX-License-Identifier: MIT
// Parts: whether the runs of some files make up the wholes that they are parts of.
#pragma once

#include <vector>

#include "reports/records/runs.hpp"

namespace xent::reports {

/// Throws FileError as put_together() says.
void require_whole(const std::vector<SourceFile>& files);

}  // namespace xent::reports
