// SPDX-License-Identifier: MIT
// Rows that are to be ignored are taken for rows of a class.
#include <map>

#include <fmt/format.h>

#include "explain/hypothesis.hpp"

namespace xent::explain::hypothesis_list {
namespace {

Variant as_class(std::ptrdiff_t label, const std::string& how) {
  return {.sentence = fmt::format("the result with the ignored rows taken as rows of class {}, {}",
                                  label, how),
          .plant = [label](Formula& f, double) {
            f.target = [label](const Doubt& doubt, std::ptrdiff_t i) {
              const Target given = given_target(doubt, i);
              if (given.kind != Target::Kind::ignored) return given;
              return Target{Target::Kind::label, label};
            };
          }};
}

std::vector<Variant> variants(const Doubt& doubt) {
  if (!doubt.problem.options.ignore_index) return {};
  const std::int64_t ignored = *doubt.problem.options.ignore_index;
  const std::ptrdiff_t classes = doubt.classes();
  std::map<std::ptrdiff_t, std::string> how;
  if (ignored >= 0 && ignored < classes) how.emplace(ignored, "which their label names");
  if (ignored < 0 && ignored >= -classes)
    how.emplace(ignored + classes, fmt::format("as the index {} counts from the end", ignored));
  how.emplace(0, "the first");
  how.emplace(classes - 1, "the last");
  std::vector<Variant> all;
  all.reserve(how.size());
  for (const auto& [label, words] : how) all.push_back(as_class(label, words));
  return all;
}

}  // namespace

extern const Hypothesis ignored_as_class{
    .name = "ignored_as_class",
    .summary = "ignored rows taken as rows of a class",
    .variants = variants,
};

}  // namespace xent::explain::hypothesis_list
