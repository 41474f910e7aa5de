// SPDX-License-Identifier: MIT
// That object is parsed as a stream of events: nothing that the format does not have is kept, and
// nesting ends at the first bracket too deep.
#include "tensors/safetensors/safetensors_header.hpp"

#include <limits>
#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "tensors/name_list.hpp"

namespace xent::tensors {
namespace {

constexpr std::size_t most_axes = 64;  // as in NumPy and PyTorch

[[noreturn]] void fail(std::string_view fault) {
  throw InvalidSafetensorsHeader(fmt::format("the header is not that of tensors: {}", fault));
}

[[noreturn]] void fail(const SafetensorsEntry& tensor, std::string_view fault) {
  fail(fmt::format("tensor {}: {}", shown(tensor.name), fault));
}

/// Receives the events of nlohmann::json::sax_parse.
class Events final : public nlohmann::json_sax<nlohmann::json> {
 public:
  std::vector<SafetensorsEntry> take() { return std::move(tensors_); }

  bool start_object(std::size_t /*size*/) override {
    if (in_ == In::file) return enter(In::header);
    if (in_ != In::header) mistyped("an object");
    if (key_ == "__metadata__") {
      if (std::exchange(has_metadata_, true)) fail("'__metadata__' is there twice");
      return enter(In::metadata);
    }
    tensors_.push_back({.name = key_, .dtype = {}, .shape = {}});
    has_dtype_ = has_shape_ = has_offsets_ = false;
    return enter(In::tensor);
  }

  bool key(string_t& key) override {
    key_ = std::move(key);
    if (in_ != In::tensor) return true;
    bool* const seen = key_ == "dtype"          ? &has_dtype_
                       : key_ == "shape"        ? &has_shape_
                       : key_ == "data_offsets" ? &has_offsets_
                                                : nullptr;
    if (seen == nullptr) fail(tensors_.back(), fmt::format("unknown key {}", shown(key_)));
    if (std::exchange(*seen, true))
      fail(tensors_.back(), fmt::format("{} is there twice", shown(key_)));
    return true;
  }

  bool end_object() override {
    if (in_ == In::tensor && !(has_dtype_ && has_shape_ && has_offsets_))
      fail(tensors_.back(), "one of 'dtype', 'shape', 'data_offsets' is missing");
    return enter(in_ == In::header ? In::file : In::header);
  }

  bool start_array(std::size_t /*size*/) override {
    if (in_ != In::tensor || key_ == "dtype") mistyped("an array");
    offsets_ = 0;
    return enter(key_ == "shape" ? In::shape : In::offsets);
  }

  bool end_array() override {
    if (in_ == In::offsets && offsets_ != 2) fail(tensors_.back(), "'data_offsets' are not two");
    return enter(In::tensor);
  }

  bool string(string_t& text) override {
    if (in_ == In::metadata) return true;
    if (in_ != In::tensor || key_ != "dtype") mistyped("a string");
    tensors_.back().dtype = std::move(text);
    return true;
  }

  bool number_unsigned(number_unsigned_t number) override {
    if (in_ == In::shape) {
      if (number > std::uint64_t{std::numeric_limits<std::ptrdiff_t>::max()})
        fail(tensors_.back(), "a size of 'shape' is too large");
      if (tensors_.back().shape.size() == most_axes)
        fail(tensors_.back(), fmt::format("'shape' has more than {} axes", most_axes));
      tensors_.back().shape.push_back(static_cast<std::ptrdiff_t>(number));
      return true;
    }
    if (in_ != In::offsets) mistyped("a number");
    (offsets_++ == 0 ? tensors_.back().begin : tensors_.back().end) = number;
    return true;
  }

  // Negative numbers, and those that are no integers or past 2^64.
  bool number_integer(number_integer_t /*number*/) override { mistyped("a negative number"); }
  bool number_float(number_float_t /*number*/, const string_t& /*text*/) override {
    mistyped("a number that is no integer below 2^64");
  }
  bool boolean(bool /*value*/) override { mistyped("a boolean"); }
  bool null() override { mistyped("null"); }
  bool binary(binary_t& /*bytes*/) override { mistyped("bytes"); }

  bool parse_error(std::size_t position, const std::string& /*token*/,
                   const nlohmann::json::exception& /*fault*/) override {
    fail(fmt::format("it is not JSON in UTF-8 at byte {}", position));
  }

 private:
  enum class In { file, header, metadata, tensor, shape, offsets };

  bool enter(In place) {
    in_ = place;
    return true;
  }

  /// A value that the format does not have at this place.
  [[noreturn]] void mistyped(std::string_view found) const {
    if (in_ == In::file) fail(fmt::format("it is {}, not an object", found));
    const std::string fault = fmt::format("{} holds {}", shown(key_), found);
    if (in_ == In::header || in_ == In::metadata) fail(fault);
    fail(tensors_.back(), fault);
  }

  In in_ = In::file;
  std::string key_;
  std::vector<SafetensorsEntry> tensors_;
  int offsets_ = 0;
  bool has_metadata_ = false, has_dtype_ = false, has_shape_ = false, has_offsets_ = false;
};

}  // namespace

std::vector<SafetensorsEntry> parse_safetensors_header(std::string_view text) {
  if (!text.starts_with('{')) fail("it does not begin with '{'");
  // The parser takes a NUL for the end of the text.
  if (text.find('\0') != std::string_view::npos) fail("it holds a NUL byte");
  Events events;
  nlohmann::json::sax_parse(text, &events);
  return events.take();
}

}  // namespace xent::tensors
