// SPDX-License-Identifier: MIT
#include "cases/probs.hpp"

#include <algorithm>
#include <limits>
#include <map>
#include <set>
#include <vector>

namespace xent::cases {

template <class T>
void fill_one_hot(std::ptrdiff_t label, std::span<T> probs) {
  std::fill(probs.begin(), probs.end(), T{0});
  probs[static_cast<std::size_t>(label)] = T{1};
}

template <class T>
void fill_soft(std::ptrdiff_t label, std::span<const T> logits, Random& random,
               std::span<T> probs) {
  if (random.one_in(8)) {
    fill_one_hot(label, probs);
    return;
  }
  const bool weigh_masked = random.one_in(8);
  const double share_of_zeros = random.one_in(2) ? 0 : random.uniform();
  std::vector<double> weights(probs.size());
  double sum = 0;
  for (std::size_t j = 0; j < weights.size(); ++j) {
    const bool masked = logits[j] == -std::numeric_limits<T>::infinity();
    const bool zero = random.uniform() < share_of_zeros || (masked && !weigh_masked);
    const double weight = random.log_uniform(20);
    weights[j] = zero && static_cast<std::ptrdiff_t>(j) != label ? 0 : weight;
    sum += weights[j];
  }
  const double total = random.uniform(0.99, 1.01);
  for (std::size_t j = 0; j < weights.size(); ++j)
    probs[j] = static_cast<T>(weights[j] / sum * total);
}

template <class T>
void fill_smoothed(std::ptrdiff_t label, Random& random, std::span<T> probs) {
  constexpr int draws = 4;
  std::fill(probs.begin(), probs.end(), T{0});
  probs[static_cast<std::size_t>(label)] = static_cast<T>(0.9);
  for (int k = 0; k < draws; ++k) {
    T& prob = probs[static_cast<std::size_t>(random.below(std::ssize(probs)))];
    prob = static_cast<T>(prob + static_cast<T>(0.1 / draws));
  }
}

template <class T>
CsrRow<T> draw_few(std::ptrdiff_t label, std::span<const T> logits, Random& random) {
  if (random.one_in(8)) return {};
  const bool weigh_masked = random.one_in(8);
  std::map<std::int64_t, double> weights;
  for (std::ptrdiff_t k = random.below(8); k > 0; --k) {
    const std::ptrdiff_t j = random.below(std::ssize(logits));
    const bool masked = logits[static_cast<std::size_t>(j)] == -std::numeric_limits<T>::infinity();
    const bool zero = random.one_in(8) || (masked && !weigh_masked);
    const double weight = random.log_uniform(20);
    weights[j] = zero ? 0 : weight;
  }
  weights[label] = random.log_uniform(20);
  double sum = 0;
  for (const auto& [j, weight] : weights) sum += weight;
  const double total = random.uniform(0.99, 1.01);
  CsrRow<T> row;
  for (const auto& [j, weight] : weights) row.emplace_back(j, static_cast<T>(weight / sum * total));
  return row;
}

template <class T>
void fill_band(Band band, std::ptrdiff_t label, Random& random, std::span<T> probs) {
  double before = 0;
  for (std::size_t j = 0; j < probs.size(); ++j) {
    before = draw_of_band(band, format_of(dtype_of<T>), before, random);
    const bool zero = random.one_in(3) && static_cast<std::ptrdiff_t>(j) != label;
    probs[j] = static_cast<T>(zero ? 0 : before);
  }
}

template <class T>
CsrRow<T> draw_few_of_band(Band band, std::ptrdiff_t label, std::ptrdiff_t classes,
                           Random& random) {
  std::set<std::int64_t> chosen = {label};
  for (std::ptrdiff_t k = random.below(8); k > 0; --k) chosen.insert(random.below(classes));
  double before = 0;
  CsrRow<T> row;
  for (const std::int64_t j : chosen) {
    before = draw_of_band(band, format_of(dtype_of<T>), before, random);
    row.emplace_back(j, static_cast<T>(random.one_in(3) && j != label ? 0 : before));
  }
  return row;
}

#define XENT_INSTANTIATE(T)                                                           \
  template void fill_band(Band, std::ptrdiff_t, Random&, std::span<T>);               \
  template CsrRow<T> draw_few_of_band(Band, std::ptrdiff_t, std::ptrdiff_t, Random&); \
  template void fill_one_hot(std::ptrdiff_t, std::span<T>);                           \
  template void fill_soft(std::ptrdiff_t, std::span<const T>, Random&, std::span<T>); \
  template void fill_smoothed(std::ptrdiff_t, Random&, std::span<T>);                 \
  template CsrRow<T> draw_few(std::ptrdiff_t, std::span<const T>, Random&);
XENT_EACH_TYPE(XENT_INSTANTIATE)
#undef XENT_INSTANTIATE

}  // namespace xent::cases
