// SPDX-License-Identifier: MIT
// Computes a group of rows that lie side by side, as in a matrix whose classes are on axis 1 of
// more, on copies that are contiguous. Such a row read alone touches a line of the cache for each
// of its elements; the group reads and writes whole vectors of each column. The copies stay in the
// second-level cache; the gradient takes the place of the logits.

#if defined(XENT_IMPL_SIMD_GROUPS_CONTIGUOUS_GROUPS_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef XENT_IMPL_SIMD_GROUPS_CONTIGUOUS_GROUPS_INL
#undef XENT_IMPL_SIMD_GROUPS_CONTIGUOUS_GROUPS_INL
#else
#define XENT_IMPL_SIMD_GROUPS_CONTIGUOUS_GROUPS_INL
#endif

#include <cstdint>

#include <hwy/highway.h>

#include "impl/driver/groups/label_group.hpp"
#include "impl/driver/groups/soft_group.hpp"
#include "impl/simd/columns/copied_rows-inl.hpp"
#include "impl/simd/columns/side_by_side-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace xent::impl::HWY_NAMESPACE {

/// Tells whether the group is computed on copies.
template <class Group>
HWY_INLINE bool is_copied(const Group& group) {
  return group.x.col_stride != 1 && group.x.cols <= medium_row_classes && group.count > 1 &&
         lie_side_by_side(group.x, group.first, 1);
}

/// Calls compute(), which computes the rows of `group` and returns a bit mask of those whose
/// gradients it has written, with copies of the logits and the gradients.
template <class T, class Group, class Compute>
HWY_INLINE void compute_on_copies(Group& group, Compute compute) {
  CopiedRows<T> copies;
  const auto x = group.x;
  const auto g = group.g;
  const bool streams = group.streams;
  copies.copy(x, group.first, group.count);
  group.x = copies.view();
  if (g.data != nullptr) group.g = copies.rows();
  group.streams = false;
  const std::uint64_t done = compute();
  group.x = x;
  group.g = g;
  group.streams = streams;
  if (g.data != nullptr) copies.put(g, group.first, group.count, done);
}

/// Calls compute(), which computes a group against labels, with copies where that is faster.
template <class T, class Compute>
HWY_INLINE void with_contiguous_rows(LabelGroup<T>& group, Compute compute) {
  if (!is_copied(group)) return compute();
  const std::uint64_t wanted = group.wanted;
  compute_on_copies<T>(group, [&]() HWY_ATTR {
    compute();
    return wanted;
  });
}

/// Does the same with a group against soft targets, whose probabilities are copied too.
template <class T, class Compute>
HWY_INLINE void with_contiguous_rows(SoftGroup<T>& group, Compute compute) {
  if (!is_copied(group)) return compute();
  const auto compute_all = [&]() HWY_ATTR {
    const std::uint64_t wanted = group.wanted;
    compute();
    return wanted & ~group.wanted;
  };
  const auto dense = group.dense;
  if (dense.data == nullptr) return compute_on_copies<T>(group, compute_all);
  CopiedRows<T> probs;
  probs.copy(dense, group.first, group.count);
  group.dense = probs.view();
  compute_on_copies<T>(group, compute_all);
  group.dense = dense;
}

}  // namespace xent::impl::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // the guard of a per-target header
