// SPDX-License-Identifier: MIT
// Contract text: what a contract takes and where it answers, as words.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <xent/contract.hpp>
#include <xent/element.hpp>
#include <xent/implementation.hpp>

namespace xent::cli {

using Names = std::vector<std::string_view>;

/// The forms of targets that are taken.
Names targets_of(const Offers& offers);

/// The options that are taken besides the reduction.
Names options_of(const Offers& offers);

/// "logits in [-77, 77], C up to 65536, no -inf".
std::string domain_text(const Domain& domain);

/// "2 reads, 1 exp".
std::string cost_text(const Cost& cost);

/// f(name, contract) for each element type that the implementation takes.
template <class F>
void for_each_contract(const Implementation& implementation, F f) {
  for (const DType dtype : all_dtypes)
    with_dtype(dtype, [&](auto zero) {
      const auto& contract = implementation.contract<decltype(zero)>();
      if (contract.kernel != nullptr) f(to_string(dtype), contract);
    });
}

}  // namespace xent::cli
