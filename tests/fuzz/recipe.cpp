// SPDX-License-Identifier: MIT
// Fuzzes recipes: any text is one or a fault; one is written as text that is the same recipe, and
// the case of a small one can be made.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "cases/case.hpp"
#include "tests/fuzz/live_heap.hpp"
#include "tests/fuzz/require.hpp"

namespace {

using namespace xent;

/// Neither from a file nor slow to make.
bool is_small(const cases::Recipe& recipe) {
  constexpr std::ptrdiff_t most = 256;
  const cases::Family* family = cases::find_family(recipe.family);
  return !family->data_set && !family->hard && recipe.rows <= most && recipe.classes <= most &&
         recipe.rows * recipe.classes <= most;
}

void make(const cases::Recipe& recipe) {
  with_dtype(recipe.dtype, [&]<class T>(T /*zero*/) {
    const cases::Case<T> made = cases::make_case<T>(recipe);
    fuzz::require(std::ssize(made.logits) == recipe.rows * recipe.classes,
                  "the case has its shape");
  });
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const fuzz::LiveHeap heap(size);
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  try {
    const cases::Recipe recipe = cases::parse_recipe(text);
    fuzz::require(cases::parse_recipe(to_string(recipe)) == recipe, "the text is the recipe");
    if (is_small(recipe)) make(recipe);
  } catch (const cases::InvalidRecipe&) {
  }
  return 0;
}
