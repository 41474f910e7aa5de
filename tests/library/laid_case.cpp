// SPDX-License-Identifier: MIT
// Draws problems of the C interface.

#include "tests/library/laid_case.hpp"

#include <algorithm>
#include <functional>
#include <numeric>

namespace xent::tests {

LaidShape::LaidShape(Chance& chance) {
  const std::size_t axes = chance() % 4;
  for (std::size_t k = 0; k < axes; ++k)
    rows.push_back(once_in(12, chance) ? 0 : 1 + static_cast<std::int64_t>(chance() % 6));
  classes = 1 + static_cast<std::int64_t>(chance() % (once_in(10, chance) ? 1200 : 30));
  class_axis = chance() % (axes + 1);
}

std::int64_t LaidShape::row_count() const {
  return std::accumulate(rows.begin(), rows.end(), std::int64_t{1}, std::multiplies<>());
}

Index LaidShape::logits() const {
  Index all = rows;
  all.insert(all.begin() + static_cast<std::ptrdiff_t>(class_axis), classes);
  return all;
}

std::size_t LaidShape::row_of(const Index& of_rows) const {
  std::int64_t row = 0;
  for (std::size_t k = 0; k < rows.size(); ++k) row = row * rows[k] + of_rows[k];
  return static_cast<std::size_t>(row);
}

Index LaidShape::without_class(const Index& of_logits) const {
  Index index = of_logits;
  index.erase(index.begin() + static_cast<std::ptrdiff_t>(class_axis));
  return index;
}

cases::Recipe laid_recipe(DType dtype, std::int64_t rows, std::int64_t classes, Chance& chance) {
  cases::Recipe recipe{.dtype = dtype, .family = "normal", .scale = 3};
  recipe.rows = rows;
  recipe.classes = classes;
  recipe.targets = cases::all_target_kinds[chance() % std::size(cases::all_target_kinds)];
  recipe.weighted = once_in(3, chance);
  recipe.row_weighted = once_in(3, chance);
  recipe.input = once_in(5, chance) ? all_inputs[1 + chance() % 2] : Input::logits;
  const bool has_labels = recipe.targets == cases::TargetKind::labels;
  recipe.ignoring = has_labels && once_in(3, chance);
  recipe.kl_divergence = !has_labels && !recipe.weighted && once_in(3, chance);
  if (once_in(4, chance)) recipe.smoothing = 0.1;
  if (recipe.input == Input::logits) {
    if (once_in(4, chance)) recipe.z_loss = 1e-3;
    if (once_in(6, chance)) recipe.temperature = 0.7;
    if (once_in(6, chance)) recipe.softcap = 20;
  }
  if (recipe.input == Input::probs && once_in(2, chance)) recipe.clip = 1e-6;
  recipe.reduction = all_reductions[chance() % std::size(all_reductions)];
  recipe.seed = chance() % 1000;
  return recipe;
}

template <class T>
template <class V>
std::unique_ptr<LaidTensor<V>> LaidCase<T>::lay(std::vector<V>& packed, bool of_logits,
                                                Chance& chance) {
  auto laid = std::make_unique<LaidTensor<V>>(of_logits ? shape_.logits() : shape_.rows,
                                              type_of_dl<V>, chance, true);
  const auto at = [&](const Index& index) -> V& {
    if (!of_logits) return packed[shape_.row_of(index)];
    const std::size_t row = shape_.row_of(shape_.without_class(index));
    return packed[row * static_cast<std::size_t>(shape_.classes) +
                  static_cast<std::size_t>(index[shape_.class_axis])];
  };
  laid->for_each([&](const Index& index) { laid->put(index, at(index)); });
  laid->for_each([&](const Index& index) { at(index) = laid->get(index); });
  return laid;
}

template <class T>
template <class V>
std::unique_ptr<LaidTensor<V>> LaidCase<T>::lay_line(const std::vector<V>& packed, Chance& chance) {
  auto laid =
      std::make_unique<LaidTensor<V>>(Index{std::ssize(packed)}, type_of_dl<V>, chance, false);
  laid->for_each(
      [&](const Index& index) { laid->put(index, packed[static_cast<std::size_t>(index[0])]); });
  return laid;
}

template <class T>
LaidCase<T>::LaidCase(Chance& chance)
    : shape_(chance),
      case_(cases::make_case<T>(
          laid_recipe(dtype_of<T>, shape_.row_count(), shape_.classes, chance))) {
  problem_.size = sizeof problem_;
  logits_ = lay(case_.logits, true, chance);
  problem_.logits = &logits_->tensor;
  lay_targets(chance);
  if (recipe().weighted) {
    weight_ = lay_line(case_.weight, chance);
    problem_.weight = &weight_->tensor;
  }
  if (recipe().row_weighted) {
    row_weight_ = lay(case_.row_weight, false, chance);
    problem_.row_weight = &row_weight_->tensor;
  }
  set_options(chance);
  packed_ = case_.problem();
}

template <class T>
void LaidCase<T>::lay_targets(Chance& chance) {
  switch (recipe().targets) {
    case cases::TargetKind::labels:
      labels_ = lay(case_.labels, false, chance);
      problem_.labels = &labels_->tensor;
      if (once_in(2, chance)) {
        std::vector<std::int32_t> labels32(case_.labels.begin(), case_.labels.end());
        labels32_ = lay(labels32, false, chance);
        case_.labels.assign(labels32.begin(), labels32.end());
        problem_.labels = &labels32_->tensor;
      }
      break;
    case cases::TargetKind::one_hot:
    case cases::TargetKind::probs:
      probs_ = lay(case_.probs, true, chance);
      problem_.probs = &probs_->tensor;
      break;
    case cases::TargetKind::csr:
      csr_offsets_ = lay_line(case_.csr.offsets, chance);
      csr_classes_ = lay_line(case_.csr.classes, chance);
      csr_probs_ = lay_line(case_.csr.probs, chance);
      problem_.csr_offsets = &csr_offsets_->tensor;
      problem_.csr_classes = &csr_classes_->tensor;
      problem_.csr_probs = &csr_probs_->tensor;
      break;
  }
}

template <class T>
void LaidCase<T>::set_options(Chance& chance) {
  const auto axes = static_cast<std::int32_t>(shape_.logits().size());
  const auto axis = static_cast<std::int32_t>(shape_.class_axis);
  problem_.class_axis = axis == 0 || once_in(2, chance) ? axis - axes : axis;
  if (axis == (axes == 1 ? 0 : 1) && once_in(2, chance)) problem_.class_axis = 0;
  const Options options = case_.problem().options;
  problem_.reduction = options.reduction == Reduction::mean  ? XENT_REDUCTION_MEAN
                       : options.reduction == Reduction::sum ? XENT_REDUCTION_SUM
                                                             : XENT_REDUCTION_NONE;
  problem_.input = options.input == Input::logits      ? XENT_INPUT_LOGITS
                   : options.input == Input::log_probs ? XENT_INPUT_LOG_PROBS
                                                       : XENT_INPUT_PROBS;
  problem_.kl_divergence = options.kl_divergence ? 1 : 0;
  problem_.has_ignore_index = options.ignore_index ? 1 : 0;
  problem_.ignore_index = options.ignore_index.value_or(0);
#define XENT_OPTION(name, ...) problem_.name = options.name;
  XENT_NUMBER_OPTIONS(XENT_OPTION)
#undef XENT_OPTION
}

#define XENT_INSTANTIATE(T) template class LaidCase<T>;
XENT_EACH_TYPE(XENT_INSTANTIATE)
#undef XENT_INSTANTIATE

}  // namespace xent::tests
