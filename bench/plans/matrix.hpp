// SPDX-License-Identifier: MIT
// The matrix: every form of the problem on every number of classes, in pairs of settings or all.
#pragma once

#include <cstddef>
#include <vector>

#include "bench/plan.hpp"

namespace xent::bench {

/// From two classes to a vocabulary.
inline const std::vector<std::ptrdiff_t> matrix_classes = {2,    10,    21,    100,
                                                           1000, 32000, 50257, 128256};

/// What the matrix is of.
struct MatrixSize {
  std::vector<std::ptrdiff_t> classes = matrix_classes;
  std::ptrdiff_t logits = std::ptrdiff_t{1} << 20;  // of a large batch, which has 8 rows at least
  bool full = false;
};

/// Returns plans of one cell each, of the implementations, peers, threads, family and so on of
/// `like`. At each number of classes the settings are crossed: element type; labels, smoothed
/// labels, one_hot, probs and csr; class weights; row weights; 30 % ignored rows; layout; a large
/// batch, 1 row or 8; gradient; reduction; temperature 0.7; softcap 30; z-loss 1e-4. Of the full
/// matrix every combination is a cell, else every pair of settings stands in some cell.
std::vector<Plan> matrix(const Plan& like, const MatrixSize& size);

}  // namespace xent::bench
