// SPDX-License-Identifier: MIT
// Drawing logits, or copying those of a data set.
#include "cases/logits.hpp"

#include <algorithm>
#include <cmath>

#include "cases/data_set.hpp"

namespace xent::cases {
namespace {

Random logits_random(const Recipe& r, std::ptrdiff_t i) {
  return {r.seed, 2 * static_cast<std::uint64_t>(i)};
}

/// The largest number of the format that is at most `bound` >= 0, which is in its range.
double largest_below(double bound, const Format& format) {
  const int last_place = std::max(std::ilogb(bound), format.min_exponent) - format.digits + 1;
  return std::ldexp(std::floor(std::ldexp(bound, -last_place)), last_place);
}

/// Generates the logits and returns the labels.
template <class T>
std::vector<std::int64_t> draw_rows(const Recipe& r, const FamilySource& source,
                                    std::span<T> logits) {
  const double bound = largest_below(source.family.magnitude(r.scale), format_of(r.dtype));
  std::vector<std::int64_t> labels;
  std::vector<double> row(static_cast<std::size_t>(r.classes));
  for (std::ptrdiff_t i = 0; i < r.rows; ++i) {
    Random random = logits_random(r, i);
    labels.push_back(source.fill_of_type != nullptr
                         ? source.fill_of_type(r.scale, r.dtype, random, row)
                         : source.fill(r.scale, random, row));
    std::transform(row.begin(), row.end(), row_of(logits, i, r.classes).begin(), [bound](double x) {
      return static_cast<T>(std::isinf(x) ? x : std::clamp(x, -bound, bound));
    });
  }
  return labels;
}

/// Rounds the logits of the rows seed, seed + 1, ... to T and returns their labels.
template <class T>
std::vector<std::int64_t> copy_rows(const Recipe& r, const Family& family, std::span<T> logits) {
  DataSet data = read_data_set(family);
  std::vector<std::int64_t> labels;
  const auto rows = static_cast<std::uint64_t>(family.rows);
  for (std::ptrdiff_t i = 0; i < r.rows; ++i) {
    const auto from =
        static_cast<std::ptrdiff_t>((r.seed % rows + static_cast<std::uint64_t>(i)) % rows);
    std::ranges::transform(row_of<float>(data.logits, from, r.classes),
                           row_of(logits, i, r.classes).begin(),
                           [](float x) { return static_cast<T>(x); });
    labels.push_back(data.labels[static_cast<std::size_t>(from)]);
  }
  return labels;
}

}  // namespace

template <class T>
std::vector<std::int64_t> fill_logits(const Recipe& recipe, const FamilySource& source,
                                      std::span<T> logits) {
  return source.family.data_set ? copy_rows(recipe, source.family, logits)
                                : draw_rows(recipe, source, logits);
}

#define XENT_INSTANTIATE(T) \
  template std::vector<std::int64_t> fill_logits(const Recipe&, const FamilySource&, std::span<T>);
XENT_EACH_TYPE(XENT_INSTANTIATE)
#undef XENT_INSTANTIATE

}  // namespace xent::cases
