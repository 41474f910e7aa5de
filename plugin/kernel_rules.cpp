// SPDX-License-Identifier: MIT
#include "plugin/kernel_rules.hpp"

#include <algorithm>
#include <cmath>
#include <string_view>
#include <utility>

#include <fmt/format.h>
#include <xent_plugin.h>

#include <xent/implementation.hpp>

#include "system/output_file.hpp"

namespace xent::plugin {
namespace {

constexpr std::uint32_t all_types = XENT_TYPE_F32 | XENT_TYPE_F64 | XENT_TYPE_BF16 | XENT_TYPE_F16;
constexpr std::uint32_t all_targets = XENT_TARGETS_LABELS | XENT_TARGETS_PROBS | XENT_TARGETS_CSR;
constexpr std::uint32_t all_taken = 2 * XENT_TAKES_CLIP - 1;

/// A fault of a kernel, without the names.
struct Broken {
  std::string text;
};

template <class... Arguments>
void require(bool holds, fmt::format_string<Arguments...> format, Arguments&&... arguments) {
  if (!holds) throw Broken{fmt::format(format, std::forward<Arguments>(arguments)...)};
}

bool is_word(std::string_view name) {
  return !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
    return c == '_' || ('0' <= c && c <= '9') || ('a' <= c && c <= 'z') || ('A' <= c && c <= 'Z');
  });
}

void check_bits(const WireKernel& kernel) {
  for (const auto& [field, bits, known] : {std::tuple("types", kernel.types, all_types),
                                           std::tuple("targets", kernel.targets, all_targets)}) {
    require(bits != 0, "its {} are 0, and a kernel takes at least one", field);
    require((bits & ~known) == 0, "its {} have the unknown bits {:#x}", field, bits & ~known);
  }
  require((kernel.takes & ~all_taken) == 0, "its takes have the unknown bits {:#x}",
          kernel.takes & ~all_taken);
  const auto takes = [&](std::uint32_t bit) { return (kernel.takes & bit) != 0; };
  const auto targets = [&](std::uint32_t bits) { return (kernel.targets & bits) != 0; };
  require(!takes(XENT_TAKES_CSR) || targets(XENT_TARGETS_CSR),
          "its takes have XENT_TAKES_CSR, and its targets not XENT_TARGETS_CSR");
  require(!takes(XENT_TAKES_IGNORE_INDEX) || targets(XENT_TARGETS_LABELS),
          "its takes have XENT_TAKES_IGNORE_INDEX, and its targets no labels");
  require(!takes(XENT_TAKES_KL_DIVERGENCE) || targets(XENT_TARGETS_PROBS | XENT_TARGETS_CSR),
          "its takes have XENT_TAKES_KL_DIVERGENCE, and its targets neither probs nor csr");
  require(!takes(XENT_TAKES_CLIP) || takes(XENT_TAKES_INPUT),
          "its takes have XENT_TAKES_CLIP without XENT_TAKES_INPUT");
  require(kernel.reserved == 0, "its field reserved is not 0");
}

void check_domain(const WireKernel& kernel) {
  for (const auto& [field, number] :
       {std::pair("min_logit", kernel.min_logit), std::pair("max_logit", kernel.max_logit),
        std::pair("min_weight", kernel.min_weight), std::pair("max_weight", kernel.max_weight),
        std::pair("max_prob", kernel.max_prob)})
    require(!std::isnan(number), "its {} is NaN", field);
  require(kernel.max_logit == 0 || kernel.min_logit == 0 || kernel.min_logit < kernel.max_logit,
          "its min_logit {} is not below its max_logit {}", kernel.min_logit, kernel.max_logit);
  require(kernel.max_classes >= 0, "its max_classes {} are below 0", kernel.max_classes);
  require(kernel.min_weight >= 0 && kernel.max_weight >= 0 && kernel.max_prob >= 0,
          "its limits of weights and probs are magnitudes, and one is below 0");
  require(kernel.max_weight == 0 || kernel.min_weight <= kernel.max_weight,
          "its min_weight {} is above its max_weight {}", kernel.min_weight, kernel.max_weight);
}

void check_bounds(const WireKernel& kernel) {
  require(0 <= kernel.tier && kernel.tier <= XENT_TIER_CORRECTLY_ROUNDED,
          "its tier {} is not 0 to {}", kernel.tier, static_cast<int>(XENT_TIER_CORRECTLY_ROUNDED));
  constexpr const char* fields[] = {"loss_bound", "grad_bound", "lse_bound"};
  constexpr const char* parts[] = {"ulp", "relative", "absolute"};
  require(!kernel.has_function || !kernel.states_constants,
          "it has both bounds_of_row and bounds of every row");
  require(!kernel.has_function || kernel.tier < XENT_TIER_ACCURATE,
          "its bounds_of_row goes with the tiers none and stable, and its tier is {}", kernel.tier);
  const char* const by = kernel.has_function ? " by bounds_of_row" : "";
  for (std::size_t k = 0; k < 3; ++k) {
    for (std::size_t part = 0; part < 3; ++part) {
      const double number = kernel.bounds[k][part];
      require(!std::isnan(number), "its {}.{}{} is NaN", fields[k], parts[part], by);
      require(number >= 0, "its {}.{}{} is {}, below 0", fields[k], parts[part], by, number);
    }
    const auto& [ulp, relative, absolute] = kernel.bounds[k];
    const double promised = kernel.tier == XENT_TIER_ACCURATE   ? (k == 1 ? 5 : 3)
                            : kernel.tier == XENT_TIER_FAITHFUL ? 1
                                                                : 0.5;
    require(kernel.tier < XENT_TIER_ACCURATE || (ulp <= promised && relative == 0 && absolute == 0),
            "its {} is above the {} ulp of the tier that it claims", fields[k], promised);
  }
}

void check_name(const Loaded& loaded, int index) {
  const std::string_view name = loaded.kernels[static_cast<std::size_t>(index)].name.data();
  require(is_word(name), "its name is not made of letters, digits and underscores");
  require(name.size() <= 64, "its name has more than 64 letters");
  require(name != "reference" && find_implementation(name) == nullptr,
          "there is an implementation of that name");
  for (int other = 0; other < index; ++other)
    require(name != loaded.kernels[static_cast<std::size_t>(other)].name.data(),
            "kernel {} has that name too", other);
}

}  // namespace

void check_kernels(const std::string& path, const Loaded& loaded) {
  for (int k = 0; k < loaded.kernel_count; ++k) {
    const WireKernel& kernel = loaded.kernels[static_cast<std::size_t>(k)];
    try {
      check_name(loaded, k);
      require(kernel.computes, "its compute is null");
      check_bits(kernel);
      check_domain(kernel);
      check_bounds(kernel);
    } catch (const Broken& broken) {
      throw FileError(path, fmt::format("kernel {} '{}': {}", k, kernel.name.data(), broken.text));
    }
  }
}

}  // namespace xent::plugin
