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

bool is_stated(const WireBound& bound) { return bound[0] > 0 || bound[1] > 0 || bound[2] > 0; }

ErrorBound bound_of(const WireBound& stated, double scale = 1) {
  return {.ulp = stated[0], .relative = stated[1], .absolute = scale * stated[2]};
}

/// Returns how far a log-sum-exp of that bound may err, as a number.
double error_of(const ErrorBound& bound, double unit, const RowFacts& row) {
  return unit * ((2 * bound.ulp + bound.relative) * row.lse_size + bound.absolute);
}

/// Puts the numbers of ulp of a tier in the place of the bounds of its model.
void set_ulp(Bounds& bounds, Tier tier) {
  const ErrorBound of_loss = {.ulp = ulp_of(tier)};
  const ErrorBound of_grad = {.ulp = tier == Tier::accurate ? 5 : ulp_of(tier)};
  bounds.loss = [of_loss](const RowFacts&) { return of_loss; };
  bounds.grad = [of_grad](const RowFacts&, const GradFacts&) { return of_grad; };
  bounds.lse = bounds.loss;
  bounds.lse_error = [of_loss, unit = bounds.lse_unit](const RowFacts& row) {
    return error_of(of_loss, unit, row);
  };
}

}  // namespace

template <class T>
Bounds bounds_of(Tier tier, const std::function<WireBounds(const RowFacts&)>& stated) {
  Bounds tiers = model_of(tier).contract<T>().bounds();
  if (tier >= Tier::accurate) set_ulp(tiers, tier);
  Bounds bounds = tiers;
  bounds.loss = [stated, tiers](const RowFacts& row) {
    const WireBound bound = stated(row)[0];
    return is_stated(bound) ? bound_of(bound) : tiers.loss(row);
  };
  bounds.grad = [stated, tiers](const RowFacts& row, const GradFacts& component) {
    const WireBound bound = stated(row)[1];
    return is_stated(bound) ? bound_of(bound, component.scale) : tiers.grad(row, component);
  };
  bounds.lse = [stated, tiers](const RowFacts& row) {
    const WireBound bound = stated(row)[2];
    return is_stated(bound) ? bound_of(bound) : tiers.lse(row);
  };
  bounds.lse_error = [stated, tiers](const RowFacts& row) {
    const WireBound bound = stated(row)[2];
    return is_stated(bound) ? error_of(bound_of(bound), tiers.lse_unit, row) : tiers.lse_error(row);
  };
  return bounds;
}

#define XENT_INSTANTIATE(T) \
  template Bounds bounds_of<T>(Tier, const std::function<WireBounds(const RowFacts&)>&);
XENT_EACH_TYPE(XENT_INSTANTIATE)
#undef XENT_INSTANTIATE

}  // namespace xent::plugin
