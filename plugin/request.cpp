// SPDX-License-Identifier: MIT
#include "plugin/request.hpp"

#include <algorithm>
#include <cstring>

#include "plugin/canary.hpp"
#include "plugin/tensors.hpp"

namespace xent::plugin {
namespace {

void set_options(const Options& options, Request& request) {
  request.reduction = options.reduction == Reduction::mean  ? 0
                      : options.reduction == Reduction::sum ? 1
                                                            : 2;
  request.input = static_cast<std::int32_t>(options.input);
  request.kl_divergence = options.kl_divergence ? 1 : 0;
  request.has_ignore_index = options.ignore_index ? 1 : 0;
  request.ignore_index = options.ignore_index.value_or(0);
#define XENT_OPTION(name, ...) request.name = options.name;
  XENT_NUMBER_OPTIONS(XENT_OPTION)
#undef XENT_OPTION
}

}  // namespace

template <class T>
void make_request(const Problem<T>& problem, const Outputs<T>& out, const Execution& execution,
                  Request& request, SharedMemory& arena) {
  Tensors all = tensors_of(problem, out, request.tensors);
  request.in_place = out.grad.data != nullptr && out.grad.data == problem.logits.data;
  request.threads = execution.threads;
  set_options(problem.options, request);
  if (const std::size_t size = lay_out(all, request.in_place); size > arena.size())
    arena.grow(std::max(size, 2 * arena.size()));  // seldom, since the worker has to map it again
  request.arena_size = arena.size();
  for (std::size_t role = 0; role < roles; ++role) {
    const WireTensor& tensor = all.wire[role];
    if (tensor.axes < 0 || (role == grad && request.in_place)) continue;
    put_canaries(arena.data(), tensor.begin / page_size() * page_size(), tensor.begin);
    if (all.spans[role].size > 0)
      std::memcpy(arena.data() + tensor.begin, all.spans[role].first, all.spans[role].size);
  }
}

template <class T>
void take_outputs(const Outputs<T>& out, const Request& request, const SharedMemory& arena) {
  const auto take = [&](Role role, auto* data) {
    const WireTensor& tensor = request.tensors[role];
    if (tensor.axes < 0 || tensor.begin == tensor.end) return;
    auto* const first = reinterpret_cast<std::byte*>(data) - (tensor.data - tensor.begin);
    std::memcpy(first, arena.data() + tensor.begin, tensor.end - tensor.begin);
  };
  take(loss, out.loss.data);
  take(grad, out.grad.data);
  take(lse, out.lse.data);
}

#define XENT_INSTANTIATE(T)                                                                    \
  template void make_request(const Problem<T>&, const Outputs<T>&, const Execution&, Request&, \
                             SharedMemory&);                                                   \
  template void take_outputs(const Outputs<T>&, const Request&, const SharedMemory&);
XENT_EACH_TYPE(XENT_INSTANTIATE)
#undef XENT_INSTANTIATE

}  // namespace xent::plugin
