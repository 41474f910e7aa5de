// SPDX-License-Identifier: MIT
// What an implementation says of itself.

#include <cstring>

#include <xent.h>

#include "library/arguments/fault.hpp"
#include "library/arguments/sized.hpp"
#include "library/calls/handles.hpp"
#include "library/calls/tiers.hpp"
#include "library/tensors/element_types.hpp"

namespace xent::library {
namespace {

std::uint32_t parts_of(const Offers& offers) {
  std::uint32_t parts = 0;
  const auto add = [&](bool is_offered, std::uint32_t part) { parts |= is_offered ? part : 0U; };
  add(offers.csr, XENT_TAKES_CSR);
  add(offers.weight, XENT_TAKES_WEIGHT);
  add(offers.row_weight, XENT_TAKES_ROW_WEIGHT);
  add(offers.ignore_index, XENT_TAKES_IGNORE_INDEX);
  add(offers.input, XENT_TAKES_INPUT);
  add(offers.kl_divergence, XENT_TAKES_KL_DIVERGENCE);
  add(offers.label_smoothing, XENT_TAKES_LABEL_SMOOTHING);
  add(offers.z_loss, XENT_TAKES_Z_LOSS);
  add(offers.temperature, XENT_TAKES_TEMPERATURE);
  add(offers.softcap, XENT_TAKES_SOFTCAP);
  add(offers.clip, XENT_TAKES_CLIP);
  return parts;
}

template <class T>
xent_contract described(const Implementation& implementation) {
  const Contract<T>& contract = implementation.contract<T>();
  // The names are of string literals, which end in a 0.
  return {.size = sizeof(xent_contract),
          .name = implementation.name.data(),
          .summary = implementation.summary.data(),
          .tier = number_of(contract.tier),
          .takes = parts_of(contract.offers),
          .min_logit = contract.domain.min_logit,
          .max_logit = contract.domain.max_logit,
          .max_classes = contract.domain.max_classes,
          .min_weight = contract.domain.min_weight,
          .max_weight = contract.domain.max_weight,
          .max_prob = contract.domain.max_prob,
          .reproducible = contract.reproducible ? 1 : 0,
          .dispatched = implementation.dispatched ? 1 : 0};
}

}  // namespace
}  // namespace xent::library

xent_status xent_describe(const xent_implementation* implementation, DLDataType dtype,
                          xent_contract* contract, xent_error* error) {
  using namespace xent;
  return library::guarded(error, [&] {
    const Implementation& one = library::the_implementation("implementation", implementation);
    if (contract == nullptr) library::refuse("contract", "is null");
    const DType type = library::the_element_type("dtype", dtype);
    library::give(with_dtype(type, [&]<class T>(T) { return library::described<T>(one); }),
                  *contract);
  });
}
