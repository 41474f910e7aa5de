// SPDX-License-Identifier: MIT
// The logarithm is taken of the probability, clipped to [clip, 1 - clip] or from below only, or not
// clipped where the option asks for it.
#include <cmath>

#include <fmt/format.h>

#include "explain/formula/of_probabilities.hpp"
#include "explain/hypothesis.hpp"

namespace xent::explain::hypothesis_list {
namespace {

void clipped(double clip, double highest, Row& row) {
  of_probabilities(row, [&](double p, double log_p) {
    if (p < clip) return OfProbability{-std::log(clip)};
    if (p > highest) return OfProbability{-std::log(highest)};
    return OfProbability{-log_p, -1};
  });
}

void plant_clip(Formula& f, double clip, double highest) {
  f.row_loss = [clip, highest](const Doubt&, std::ptrdiff_t, Row& row) {
    clipped(clip, highest, row);
  };
}

Variant clip_to(const std::string& text, double clip, double highest, const char* end) {
  return {.sentence = "the result with probabilities clipped " + text + end,
          .plant = [clip, highest](Formula& f, double) { plant_clip(f, clip, highest); }};
}

std::vector<Variant> variants(const Doubt& doubt) {
  std::vector<Variant> all;
  if (doubt.problem.options.clip != 0)
    all.push_back({.sentence = "the result without the clipping of probabilities",
                   .plant = [](Formula& f, double) { f.clip = 0; }});
  const bool wide = doubt.problem.logits.dtype == DType::f64;
  for (const double clip : {1e-7, 1e-8, 1e-10, 1e-12, 1e-15, 1e-16, 0x1p-23, 0x1p-52}) {
    const double highest = wide ? 1 - clip : static_cast<double>(static_cast<float>(1 - clip));
    const std::string text = fmt::format("{:.3g}", clip);
    if (highest < 1)
      all.push_back(clip_to(fmt::format("to [{0}, 1 - {0}]", text), clip, highest, ""));
    all.push_back(clip_to("from below to " + text, clip, 1, ""));
  }
  all.push_back({.sentence = "the result with probabilities clipped from below to {}",
                 .plant = [](Formula& f, double clip) { plant_clip(f, clip, 1); },
                 .parameter = {{.symbol = "clip", .least = 1e-40, .most = 0.3}}});
  all.push_back({.sentence = "the result with probabilities clipped to [{0}, 1 - {0}]",
                 .plant = [](Formula& f, double clip) { plant_clip(f, clip, 1 - clip); },
                 .parameter = {{.symbol = "clip", .least = 1e-7, .most = 0.3}}});
  return all;
}

}  // namespace

extern const Hypothesis clipped_probability{
    .name = "clipped_probability",
    .summary = "logarithm of a clipped probability",
    .variants = variants,
};

}  // namespace xent::explain::hypothesis_list
