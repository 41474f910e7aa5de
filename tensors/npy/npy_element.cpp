// SPDX-License-Identifier: MIT
#include "tensors/npy/npy_element.hpp"

namespace xent::tensors {
std::optional<NpyElement> find_npy_element(std::string_view descr) {
  if (descr.empty()) return std::nullopt;
  for (const Tensor::Element one : all_tensor_elements)
    if (descr == file_names_of(one).numpy) return NpyElement{.element = one};
  const char order = descr.front();
  if (order == '<' || order == '>' || order == '=' || order == '|') descr.remove_prefix(1);
  for (const Tensor::Element one : all_tensor_elements)
    if (!descr.empty() && descr == file_names_of(one).npy) {
      const bool swaps = order == '>' && one != Tensor::Element::pattern16;
      return NpyElement{one, swaps ? std::endian::big : std::endian::little};
    }
  return std::nullopt;
}

std::string npy_element_names() {
  std::string all;
  for (const Tensor::Element one : all_tensor_elements) {
    if (file_names_of(one).npy.empty()) continue;
    if (!all.empty()) all += ", ";
    all += file_names_of(one).npy;
  }
  return all;
}

}  // namespace xent::tensors
