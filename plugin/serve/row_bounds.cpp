// SPDX-License-Identifier: MIT
#include "plugin/serve/row_bounds.hpp"

#include "plugin/serve/thrown.hpp"

namespace xent::plugin {

WireBound wire_bound(const xent_bound& bound) {
  return {bound.ulp, bound.relative, bound.absolute};
}

WireBounds row_bounds(BoundsOfRow function, const WireFacts& row) {
  const xent_row_facts facts = {.size = sizeof(xent_row_facts),
                                .classes = row.classes,
                                .max_abs = row.max_abs,
                                .spread = row.spread,
                                .tail = row.tail,
                                .target_mass = row.target_mass,
                                .gap = row.gap,
                                .targets = row.targets,
                                .lse_size = row.lse_size};
  xent_bound loss = {};
  xent_bound grad = {};
  xent_bound lse = {};
  function(&facts, &loss, &grad, &lse);
  return {wire_bound(loss), wire_bound(grad), wire_bound(lse)};
}

Reply reply_with_bounds(BoundsOfRow function, const WireFacts& row) {
  Reply reply;
  if (const auto thrown = thrown_by([&] { reply.bounds = row_bounds(function, row); })) {
    reply.misdeed = Misdeed::exception;
    put(reply.text, thrown->c_str());
  }
  return reply;
}

}  // namespace xent::plugin
