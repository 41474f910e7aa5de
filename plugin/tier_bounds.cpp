// SPDX-License-Identifier: MIT
#include "plugin/tier_bounds.hpp"

#include <xent/implementation.hpp>

namespace xent::plugin {
namespace {

/// Returns the implementation of this program whose bounds of mapped logits the tier has.
const Implementation& model_of(Tier tier) {
  if (tier < Tier::accurate) return *find_implementation("log_sum_exp");
  return *find_implementation(tier == Tier::accurate ? "simd" : "faithful");
}

/// Returns the ulp that a tier promises of a loss or a log-sum-exp.
double ulp_of(Tier tier) { return tier == Tier::accurate ? 3 : tier == Tier::faithful ? 1 : 0.5; }

bool is_stated(const std::array<double, 3>& bound) {
  return bound[0] > 0 || bound[1] > 0 || bound[2] > 0;
}

ErrorBound bound_of(const std::array<double, 3>& stated, double scale = 1) {
  return {.ulp = stated[0], .relative = stated[1], .absolute = scale * stated[2]};
}

void set_lse(Bounds& bounds, ErrorBound bound) {
  bounds.lse = [bound](const RowFacts&) { return bound; };
  bounds.lse_error = [bound, unit = bounds.lse_unit](const RowFacts& row) {
    return unit * ((2 * bound.ulp + bound.relative) * row.lse_size + bound.absolute);
  };
}

}  // namespace

template <class T>
Bounds bounds_of(Tier tier, const std::array<std::array<double, 3>, 3>& stated) {
  Bounds bounds = model_of(tier).contract<T>().bounds();
  const auto& [loss, grad, lse] = stated;
  if (tier >= Tier::accurate) {
    const ErrorBound of_loss = {.ulp = ulp_of(tier)};
    const ErrorBound of_grad = {.ulp = tier == Tier::accurate ? 5 : ulp_of(tier)};
    bounds.loss = [of_loss](const RowFacts&) { return of_loss; };
    bounds.grad = [of_grad](const RowFacts&, const GradFacts&) { return of_grad; };
    set_lse(bounds, of_loss);
  }
  if (is_stated(loss)) bounds.loss = [loss = loss](const RowFacts&) { return bound_of(loss); };
  if (is_stated(grad))
    bounds.grad = [grad = grad](const RowFacts&, const GradFacts& component) {
      return bound_of(grad, component.scale);
    };
  if (is_stated(lse)) set_lse(bounds, bound_of(lse));
  return bounds;
}

#define XENT_INSTANTIATE(T) \
  template Bounds bounds_of<T>(Tier, const std::array<std::array<double, 3>, 3>&);
XENT_EACH_TYPE(XENT_INSTANTIATE)
#undef XENT_INSTANTIATE

}  // namespace xent::plugin
