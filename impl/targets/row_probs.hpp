// SPDX-License-Identifier: MIT
// The probabilities q_j of a row of soft targets, whatever form the targets have, and reading them
// into a block of their own, as doubles.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>

#include <xent/problem.hpp>

namespace xent::impl {

/// The probabilities of one row, in one of three forms: `dense` [C]; `few`, with their `classes` in
/// ascending order; or a `label`, whose probability is 1. All others are 0.
template <class T>
struct RowProbs {
  VectorView<const T> dense = {};
  VectorView<const std::int64_t> classes = {};  // of csr
  VectorView<const T> few = {};
  std::ptrdiff_t label = -1;
};

/// Returns the probabilities of row i of csr.
template <class T>
RowProbs<T> row_probs(const Csr<T>& csr, std::ptrdiff_t i) noexcept {
  const std::int64_t begin = csr.offsets[i];
  const std::int64_t size = csr.offsets[i + 1] - begin;
  return {.classes = {csr.classes.data + begin * csr.classes.stride, size, csr.classes.stride},
          .few = {csr.probs.data + begin * csr.probs.stride, size, csr.probs.stride}};
}

/// Returns the place in q.classes of the first class that is not below `begin`.
template <class T>
std::ptrdiff_t first_class(const RowProbs<T>& q, std::ptrdiff_t begin) noexcept {
  std::ptrdiff_t low = 0;
  std::ptrdiff_t high = q.classes.size;
  while (low < high) {
    const std::ptrdiff_t middle = low + (high - low) / 2;
    if (q.classes[middle] < begin)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

/// Writes block[j - begin] = q_j for begin <= j < begin + n.
template <class T>
void read_probs(const RowProbs<T>& q, std::ptrdiff_t begin, std::ptrdiff_t n,
                double* block) noexcept {
  if (q.dense.data != nullptr) {
    for (std::ptrdiff_t j = 0; j < n; ++j) block[j] = static_cast<double>(q.dense[begin + j]);
    return;
  }
  std::fill(block, block + n, 0.0);
  if (q.label >= begin && q.label < begin + n) block[q.label - begin] = 1;
  for (std::ptrdiff_t k = first_class(q, begin); k < q.classes.size; ++k) {
    if (q.classes[k] >= begin + n) break;
    block[q.classes[k] - begin] = static_cast<double>(q.few[k]);
  }
}

/// Writes block[j - begin] = w_j likewise, 1 where there are no weights.
template <class T>
void read_weights(VectorView<const T> w, std::ptrdiff_t begin, std::ptrdiff_t n,
                  double* block) noexcept {
  for (std::ptrdiff_t j = 0; j < n; ++j)
    block[j] = w.data == nullptr ? 1 : static_cast<double>(w[begin + j]);
}

}  // namespace xent::impl
