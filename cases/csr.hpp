// SPDX-License-Identifier: MIT
// Targets with a few classes in each row, as the arrays of xent::Csr and row by row.
#pragma once

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include <xent/problem.hpp>

namespace xent::cases {

/// The arrays of xent::Csr, owned. Without offsets: absent.
template <class T>
struct CsrArrays {
  std::vector<std::int64_t> offsets = {};  // [N + 1]
  std::vector<std::int64_t> classes = {};  // ascending in each row
  std::vector<T> probs = {};               // of those classes

  Csr<T> view() const {
    return {.offsets = {.data = offsets.data(), .size = std::ssize(offsets)},
            .classes = {.data = classes.data(), .size = std::ssize(classes)},
            .probs = {.data = probs.data(), .size = std::ssize(probs)}};
  }
};

/// The classes of one row, ascending, each with its probability.
template <class T>
using CsrRow = std::vector<std::pair<std::int64_t, T>>;

/// One more row.
template <class T>
void append(CsrArrays<T>& csr, const CsrRow<T>& row) {
  if (csr.offsets.empty()) csr.offsets.push_back(0);
  for (const auto& [j, prob] : row) {
    csr.classes.push_back(j);
    csr.probs.push_back(prob);
  }
  csr.offsets.push_back(std::ssize(csr.classes));
}

template <class T>
CsrArrays<T> csr_of(const std::vector<CsrRow<T>>& rows) {
  CsrArrays<T> csr{.offsets = {0}};
  for (const CsrRow<T>& row : rows) append(csr, row);
  return csr;
}

/// The inverse of csr_of; no rows where the arrays are absent.
template <class T>
std::vector<CsrRow<T>> rows_of(const CsrArrays<T>& csr) {
  std::vector<CsrRow<T>> rows;
  for (std::size_t i = 1; i < csr.offsets.size(); ++i) {
    CsrRow<T> row;
    for (auto k = static_cast<std::size_t>(csr.offsets[i - 1]);
         k < static_cast<std::size_t>(csr.offsets[i]); ++k)
      row.emplace_back(csr.classes[k], csr.probs[k]);
    rows.push_back(std::move(row));
  }
  return rows;
}

}  // namespace xent::cases
