// SPDX-License-Identifier: MIT
// Throws a C++ exception out of a kernel.
#include <stdexcept>

#include <xent_plugin.h>

namespace {

xent_status compute(const xent_problem*, const xent_results*, const xent_execution*) {
  throw std::runtime_error("no such loss");
}

const xent_kernel kernel = [] {
  xent_kernel made = {};
  made.size = sizeof made;
  made.name = "throws";
  made.compute = compute;
  made.types = XENT_TYPE_F32;
  made.targets = XENT_TARGETS_LABELS;
  made.tier = XENT_TIER_FAITHFUL;
  return made;
}();
const xent_kernel* const kernels[] = {&kernel};
const xent_plugin table = {sizeof table, XENT_PLUGIN_VERSION, 1, kernels};

}  // namespace

extern "C" const xent_plugin* xent_plugin_table(void) { return &table; }
