// SPDX-License-Identifier: MIT
// Two forms: a plan.

#include "bench/plans/two_forms.hpp"

namespace xent::bench {

Plan two_forms(bool gradient) {
  constexpr std::ptrdiff_t logits = 1'300'000;
  Plan plan;
  for (const char* name : {"one_hot", "sparse", "simd"})
    if (const Implementation* found = find_implementation(name))
      plan.implementations.push_back(found);
  plan.shapes.clear();
  for (const std::ptrdiff_t classes : {10, 100, 1000, 10000, 50257})
    plan.shapes.push_back({.rows = logits / classes, .classes = classes});
  plan.forms = {{.targets = cases::TargetKind::labels}, {.targets = cases::TargetKind::one_hot}};
  plan.gradient = gradient;
  plan.admits = [](const Implementation& implementation, const Form& form) {
    return implementation.name == "simd" ||
           (implementation.name == "one_hot") == (form.targets == cases::TargetKind::one_hot);
  };
  return plan;
}

}  // namespace xent::bench
