// SPDX-License-Identifier: MIT
#include "plugin/plugin.hpp"

#include <deque>
#include <filesystem>
#include <memory>
#include <system_error>
#include <vector>

#include <xent_plugin.h>

#include <xent/implementation.hpp>

#include "plugin/claims.hpp"
#include "plugin/kernel_rules.hpp"
#include "plugin/stated_bounds.hpp"
#include "plugin/tier_bounds.hpp"
#include "plugin/worker.hpp"
#include "system/output_file.hpp"

namespace xent::plugin {
namespace {

template <class T>
class PluginKernel : public RemoteKernel<T> {
 public:
  PluginKernel(Worker& worker, int index) : worker_(&worker), index_(index) {}

  void compute(const Problem<T>& problem, const Outputs<T>& out,
               const Execution& execution) const override {
    worker_->call(index_, 0, problem, out, execution);
  }
  RemoteTime time(const Problem<T>& problem, const Outputs<T>& out, const Execution& execution,
                  std::int64_t calls) const override {
    return worker_->call(index_, calls, problem, out, execution);
  }

 private:
  Worker* worker_;
  int index_;
};

/// A kernel of a plugin as an implementation, with what that points at. It lives as long as the
/// process.
struct Adopted {
  WireKernel wire;
  std::string plugin;
  std::vector<Unclaimed> unclaimed;
#define XENT_ADOPTED(element, T)            \
  std::unique_ptr<PluginKernel<T>> element; \
  Bounds bounds_##element;
  XENT_EACH_ELEMENT(XENT_ADOPTED)
#undef XENT_ADOPTED
  Implementation implementation;
};

template <class T>
Contract<T> contract_of(const WireKernel& wire, const PluginKernel<T>& kernel,
                        const Bounds& bounds) {
  Contract<T> contract;
  contract.kernel = Kernel<T>(kernel);
  contract.tier = tier_of(wire);
  contract.domain = domain_of(wire);
  contract.offers = offers_of(wire);
  contract.stated_bounds = &bounds;
  contract.promises_bounds = promises(wire);
  contract.mapping = bounds.loss_mapping;
  contract.reproducible = wire.reproducible != 0;
  return contract;
}

/// Has the bits XENT_TYPE_... in the order of the element types.
constexpr std::uint32_t bit_of(DType dtype) { return 1U << static_cast<unsigned>(dtype); }
static_assert(bit_of(DType::f32) == XENT_TYPE_F32 && bit_of(DType::f64) == XENT_TYPE_F64 &&
              bit_of(DType::bf16) == XENT_TYPE_BF16 && bit_of(DType::f16) == XENT_TYPE_F16);

void adopt(Worker& worker, const std::string& path, int index) {
  static std::deque<Adopted> all;
  Adopted& kernel = all.emplace_back();
  kernel.wire = worker.loaded().kernels[static_cast<std::size_t>(index)];
  kernel.plugin = path;
  kernel.unclaimed = unclaimed_by(kernel.wire);
  kernel.implementation.name = kernel.wire.name.data();
  kernel.implementation.summary = kernel.wire.summary.data();
  kernel.implementation.source = kernel.plugin;
  kernel.implementation.plugin = kernel.plugin;
  kernel.implementation.unclaimed = kernel.unclaimed;
  const auto stated = stated_bounds(worker, index);
#define XENT_ADOPT(element, T)                                              \
  if ((kernel.wire.types & bit_of(dtype_of<T>)) != 0) {                     \
    kernel.element = std::make_unique<PluginKernel<T>>(worker, index);      \
    kernel.bounds_##element = bounds_of<T>(tier_of(kernel.wire), stated);   \
    kernel.implementation.element =                                         \
        contract_of(kernel.wire, *kernel.element, kernel.bounds_##element); \
  }
  XENT_EACH_ELEMENT(XENT_ADOPT)
#undef XENT_ADOPT
  add_implementation(kernel.implementation);
}

}  // namespace

void add_plugin(const std::string& path) {
  static std::deque<Worker> workers;
  std::error_code error;
  if (!std::filesystem::is_regular_file(path, error))
    throw FileError(path, error ? error.message() : "is no file");
  Worker& worker = workers.emplace_back(path);
  check_kernels(path, worker.loaded());
  for (int k = 0; k < worker.loaded().kernel_count; ++k) adopt(worker, path, k);
}

}  // namespace xent::plugin
