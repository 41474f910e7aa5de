// SPDX-License-Identifier: MIT
// The bounds that a kernel of a plugin states for a row: constants, or what its function says.
#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <utility>

#include "plugin/worker.hpp"

namespace xent::plugin {

/// The function of a kernel, asked in its worker. It remembers the last row, since the bounds of all
/// components of a gradient are those of their row.
class FunctionOfRow {
 public:
  FunctionOfRow(Worker& worker, int kernel) : worker_(worker), kernel_(kernel) {}

  /// May be called from several threads at the same time.
  WireBounds operator()(const RowFacts& row) {
    const std::lock_guard lock(mutex_);
    const WireFacts facts(row);
    if (!known_ || known_->first != facts) known_ = {facts, worker_.bounds_of_row(kernel_, facts)};
    return known_->second;
  }

 private:
  Worker& worker_;
  int kernel_;
  std::mutex mutex_;
  std::optional<std::pair<WireFacts, WireBounds>> known_;
};

/// Returns what the kernel states for each row.
inline std::function<WireBounds(const RowFacts&)> stated_bounds(Worker& worker, int kernel) {
  const WireKernel& wire = worker.loaded().kernels[static_cast<std::size_t>(kernel)];
  if (!wire.has_function) return [bounds = wire.bounds](const RowFacts&) { return bounds; };
  return [function = std::make_shared<FunctionOfRow>(worker, kernel)](const RowFacts& row) {
    return (*function)(row);
  };
}

}  // namespace xent::plugin
