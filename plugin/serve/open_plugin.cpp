// SPDX-License-Identifier: MIT
#include "plugin/serve/open_plugin.hpp"

#include <algorithm>
#include <cstring>
#include <string>

#include <dlfcn.h>
#include <fmt/format.h>

namespace xent::plugin {
namespace {

constexpr const char* symbol = "xent_plugin_table";

/// The fields of a kernel up to here have been there from the first version on.
constexpr std::size_t least_kernel_size = offsetof(xent_kernel, takes);

template <class... Arguments>
std::vector<Compute> refuse(Loaded& loaded, fmt::format_string<Arguments...> format,
                            Arguments&&... arguments) {
  put(loaded.fault, fmt::format(format, std::forward<Arguments>(arguments)...).c_str());
  return {};
}

std::array<double, 3> of(const xent_bound& bound) {
  return {bound.ulp, bound.relative, bound.absolute};
}

WireKernel described(const xent_kernel& kernel) {
  WireKernel wire{.size = kernel.size,
                  .types = kernel.types,
                  .targets = kernel.targets,
                  .takes = kernel.takes,
                  .tier = kernel.tier,
                  .reproducible = kernel.reproducible,
                  .reserved = kernel.reserved,
                  .computes = kernel.compute != nullptr,
                  .min_logit = kernel.min_logit,
                  .max_logit = kernel.max_logit,
                  .min_weight = kernel.min_weight,
                  .max_weight = kernel.max_weight,
                  .max_prob = kernel.max_prob,
                  .max_classes = kernel.max_classes,
                  .bounds = {of(kernel.loss_bound), of(kernel.grad_bound), of(kernel.lse_bound)}};
  put(wire.name, kernel.name);
  put(wire.summary, kernel.summary);
  return wire;
}

}  // namespace

std::vector<Compute> open_plugin(const char* path, Loaded& loaded) {
  void* const library = ::dlopen(path, RTLD_NOW | RTLD_LOCAL);
  if (library == nullptr) return refuse(loaded, "cannot be loaded: {}", ::dlerror());
  void* const found = ::dlsym(library, symbol);
  if (found == nullptr) return refuse(loaded, "has no function {}", symbol);
  const auto* const table = reinterpret_cast<decltype(&xent_plugin_table)>(found)();
  if (table == nullptr) return refuse(loaded, "{} returned null", symbol);
  if (table->size != sizeof(xent_plugin))
    return refuse(loaded, "the table's size is {}, and that of a xent_plugin is {}", table->size,
                  sizeof(xent_plugin));
  if (table->plugin_version != XENT_PLUGIN_VERSION)
    return refuse(loaded, "the table's plugin_version is {}, and this xent takes {}",
                  table->plugin_version, XENT_PLUGIN_VERSION);
  if (table->kernel_count < 1 || table->kernel_count > static_cast<int>(most_kernels))
    return refuse(loaded, "the table's kernel_count is {}, and a plugin has 1 to {}",
                  table->kernel_count, most_kernels);
  if (table->kernels == nullptr) return refuse(loaded, "the table's kernels are null");
  std::vector<Compute> functions;
  for (int k = 0; k < table->kernel_count; ++k) {
    const xent_kernel* const given = table->kernels[k];
    if (given == nullptr) return refuse(loaded, "kernel {} is null", k);
    if (given->size < least_kernel_size || given->size > sizeof(xent_kernel))
      return refuse(loaded, "kernel {}: its size is {}, and that of a xent_kernel is {}", k,
                    given->size, sizeof(xent_kernel));
    xent_kernel kernel = {};  // what an older header does not have is 0
    std::memcpy(&kernel, given, given->size);
    loaded.kernels[static_cast<std::size_t>(k)] = described(kernel);
    functions.push_back(kernel.compute);
  }
  loaded.kernel_count = table->kernel_count;
  return functions;
}

}  // namespace xent::plugin
