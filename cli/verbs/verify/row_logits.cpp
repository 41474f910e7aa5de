// SPDX-License-Identifier: MIT
#include "cli/verbs/verify/row_logits.hpp"

#include <cstddef>
#include <type_traits>

#include "cases/case.hpp"
#include "cli/layout.hpp"
#include "properties/message.hpp"

namespace xent::cli {

std::string row_logits(const Witness& witness) {
  if (witness.case_id.empty()) return "";
  const cases::Recipe recipe = cases::parse_recipe(witness.case_id);
  const std::int64_t row = recipe.rows == 1 ? 0 : witness.row;
  if (recipe.classes > most_shown_classes || row < 0 || row >= recipe.rows) return "";
  return with_dtype(recipe.dtype, [&]<class T>(T) {
    using Shown = std::conditional_t<std::is_same_v<T, double>, double, float>;
    const auto made = cases::make_case<T>(recipe);
    std::string text;
    for (std::ptrdiff_t j = 0; j < recipe.classes; ++j) {
      const T logit = made.logits[static_cast<std::size_t>(row * recipe.classes + j)];
      text += (j == 0 ? "" : ", ") + properties::show(static_cast<Shown>(logit));
    }
    return text;
  });
}

}  // namespace xent::cli
