// SPDX-License-Identifier: MIT
#include "cli/outputs.hpp"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <system_error>
#include <utility>

#include <nlohmann/json.hpp>

#include "reports/json/json.hpp"
#include "system/file_identity.hpp"
#include "system/mapping.hpp"
#include "tensors/tensor_file.hpp"

namespace xent::cli {
namespace {

bool is_given(const Place& place) { return !place.text.empty(); }

}  // namespace

Outputs::Outputs(Places outputs, const Places& inputs) {
  require_apart(outputs, inputs);
  for (Place& place : outputs)
    if (is_given(place)) places_.push_back(std::move(place));
  for (const Place& place : places_) file_of_place_.push_back(file_at(place));
}

std::size_t Outputs::file_at(const Place& place) {
  if (place.text == "-") return files_.size();  // none
  tensors::TensorPlace at{.path = place.text, .format = nullptr};
  if (place.tensor) {
    at = tensors::parse_place(place.text);
    tensors::require_written(at);
  }
  const bool by_name = at.format != nullptr && at.format->named != nullptr;
  const std::string container = by_name ? at.path : "";
  for (std::size_t k = 0; k < files_.size() && !container.empty(); ++k)
    if (!contents_[k].container.empty() &&
        system::identity_of(contents_[k].container) == system::identity_of(container))
      return k;
  if (by_name) at.format->named->require_container(container);
  files_.emplace_back(at.path);
  contents_.push_back({.format = at.format, .container = container});
  return files_.size() - 1;
}

bool Outputs::wants(std::string_view option) const {
  return std::ranges::find(places_, option, &Place::option) != places_.end();
}

void Outputs::write_text(std::string_view option, std::string_view text) {
  for (std::size_t k = 0; k < places_.size(); ++k) {
    if (places_[k].option != option) continue;
    if (places_[k].text == "-")
      standard_output_ += text;
    else
      files_[file_of_place_[k]].write(text);
  }
}

void Outputs::write_json(std::string_view option, const nlohmann::ordered_json& document) {
  using Json = nlohmann::ordered_json;
  if (!wants(option)) return;
  write_text(option, document.dump(2, ' ', false, Json::error_handler_t::replace) + "\n");
}

void Outputs::write_json(std::string_view option, const Results& results) {
  if (wants(option)) write_text(option, reports::to_json(results));
}

template <class T>
void Outputs::write_tensor(std::string_view option, const std::vector<std::ptrdiff_t>& shape,
                           std::span<const T> elements) {
  for (std::size_t k = 0; k < places_.size(); ++k) {
    const Place& place = places_[k];
    if (place.option != option) continue;
    tensors::require_writable(place.text, shape.size());
    contents_[file_of_place_[k]].tensors.push_back(
        {.name = tensors::parse_place(place.text).name.value_or(*place.tensor),
         .element = tensors::tensor_element_of<T>,
         .shape = shape,
         .bytes = std::as_bytes(elements)});
  }
}

#define XENT_INSTANTIATE(T)                                                                 \
  template void Outputs::write_tensor(std::string_view, const std::vector<std::ptrdiff_t>&, \
                                      std::span<const T>);
XENT_EACH_TYPE(XENT_INSTANTIATE)
#undef XENT_INSTANTIATE

void Outputs::commit() {
  for (std::size_t k = 0; k < files_.size(); ++k) {
    const Content& content = contents_[k];
    if (content.format != nullptr)
      content.format->write(files_[k], content.tensors, content.container);
    files_[k].finish();
  }
  system::require_unchanged();
  const std::string_view text = standard_output_;
  if (std::fwrite(text.data(), 1, text.size(), stdout) != text.size() || std::fflush(stdout) != 0)
    throw std::system_error(errno, std::generic_category());
  OutputFile::commit(files_);
}

}  // namespace xent::cli
