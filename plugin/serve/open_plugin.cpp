// SPDX-License-Identifier: MIT
#include "plugin/serve/open_plugin.hpp"

#include <algorithm>
#include <cmath>
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
std::vector<Functions> refuse(Loaded& loaded, fmt::format_string<Arguments...> format,
                              Arguments&&... arguments) {
  put(loaded.fault, fmt::format(format, std::forward<Arguments>(arguments)...).c_str());
  return {};
}

/// Facts of a row of 1000 logits that are 0, by whose bounds a function shows what it gives.
const WireFacts plain_row(RowFacts{.classes = 1000,
                                   .tail = std::log(1000),
                                   .target_mass = 1,
                                   .targets = 1,
                                   .lse_size = std::log(1000)});

bool is_stated(const WireBounds& bounds) {
  return std::any_of(bounds.begin(), bounds.end(), [](const WireBound& bound) {
    return std::any_of(bound.begin(), bound.end(), [](double part) { return part != 0; });
  });
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
                  .bounds = {wire_bound(kernel.loss_bound), wire_bound(kernel.grad_bound),
                             wire_bound(kernel.lse_bound)}};
  wire.has_function = kernel.bounds_of_row != nullptr;
  wire.states_constants = is_stated(wire.bounds);
  if (wire.has_function) wire.bounds = row_bounds(kernel.bounds_of_row, plain_row);
  put(wire.name, kernel.name);
  put(wire.summary, kernel.summary);
  return wire;
}

}  // namespace

std::vector<Functions> open_plugin(const char* path, Loaded& loaded) {
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
  std::vector<Functions> functions;
  for (int k = 0; k < table->kernel_count; ++k) {
    const xent_kernel* const given = table->kernels[k];
    if (given == nullptr) return refuse(loaded, "kernel {} is null", k);
    if (given->size < least_kernel_size || given->size > sizeof(xent_kernel))
      return refuse(loaded, "kernel {}: its size is {}, and that of a xent_kernel is {}", k,
                    given->size, sizeof(xent_kernel));
    xent_kernel kernel = {};  // what an older header does not have is 0
    std::memcpy(&kernel, given, given->size);
    loaded.kernels[static_cast<std::size_t>(k)] = described(kernel);
    functions.push_back({kernel.compute, kernel.bounds_of_row});
  }
  loaded.kernel_count = table->kernel_count;
  return functions;
}

}  // namespace xent::plugin
