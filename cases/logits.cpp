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

/// The largest T that is at most `bound`.
template <class T>
double largest_below(double bound) {
  const T nearest = static_cast<T>(bound);
  return double{nearest} <= bound ? nearest : std::nextafter(nearest, T{0});
}

/// Generates the logits and returns the labels.
template <class T>
std::vector<std::int64_t> draw_rows(const Recipe& r, const FamilySource& source,
                                    std::span<T> logits) {
  const double bound = largest_below<T>(source.family.magnitude(r.scale));
  std::vector<std::int64_t> labels;
  std::vector<double> row(static_cast<std::size_t>(r.classes));
  for (std::ptrdiff_t i = 0; i < r.rows; ++i) {
    Random random = logits_random(r, i);
    labels.push_back(source.fill_numbers != nullptr
                         ? source.fill_numbers(r.scale, r.dtype, random, row)
                         : source.fill(r.scale, random, row));
    std::transform(row.begin(), row.end(), row_of(logits, i, r.classes).begin(), [bound](double x) {
      return static_cast<T>(std::isinf(x) ? x : std::clamp(x, -bound, bound));
    });
  }
  return labels;
}

/// Copies the logits of the rows seed, seed + 1, ... and returns their labels.
template <class T>
std::vector<std::int64_t> copy_rows(const Recipe& r, const Family& family, std::span<T> logits) {
  DataSet data = read_data_set(family);
  std::vector<std::int64_t> labels;
  const auto rows = static_cast<std::uint64_t>(family.rows);
  for (std::ptrdiff_t i = 0; i < r.rows; ++i) {
    const auto from =
        static_cast<std::ptrdiff_t>((r.seed % rows + static_cast<std::uint64_t>(i)) % rows);
    std::ranges::copy(row_of<float>(data.logits, from, r.classes),
                      row_of(logits, i, r.classes).begin());
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

template std::vector<std::int64_t> fill_logits(const Recipe&, const FamilySource&,
                                               std::span<float>);
template std::vector<std::int64_t> fill_logits(const Recipe&, const FamilySource&,
                                               std::span<double>);

}  // namespace xent::cases
