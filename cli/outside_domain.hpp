// SPDX-License-Identifier: MIT
// Whether logits lie in a domain.
#pragma once

#include <optional>
#include <string>

#include <xent/contract.hpp>
#include <xent/view.hpp>

namespace xent::cli {

/// The first thing about the logits that lies outside the domain, or nothing.
template <class T>
std::optional<std::string> outside_domain(const Domain& domain, const MatrixView<const T>& logits);

}  // namespace xent::cli
