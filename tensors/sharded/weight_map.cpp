// SPDX-License-Identifier: MIT
// The index is parsed as a stream of events, so nesting takes a bit a level and no stack.
#include "tensors/sharded/weight_map.hpp"

#include <cstddef>
#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace xent::tensors {
namespace {

[[noreturn]] void fail(std::string_view fault) {
  throw InvalidIndex(fmt::format("is not the index of a model: {}", fault));
}

/// Receives the events of nlohmann::json::sax_parse.
class Events final : public nlohmann::json_sax<nlohmann::json> {
 public:
  explicit Events(const std::optional<std::string>& name) : name_(name) {}

  FoundShard take() {
    if (!has_map_) fail("it has no 'weight_map'");
    return std::move(found_);
  }

  bool start_object(std::size_t /*size*/) override {
    if (depth_ == 1 && key_ == "weight_map") {
      if (std::exchange(has_map_, true)) fail("'weight_map' is there twice");
      in_map_ = true;
    } else if (depth_ > 0) {
      value("an object");
    }
    ++depth_;
    return true;
  }

  bool end_object() override {
    if (--depth_ == 1) in_map_ = false;
    return true;
  }

  bool start_array(std::size_t /*size*/) override {
    value("an array");
    ++depth_;
    return true;
  }

  bool end_array() override {
    --depth_;
    return true;
  }

  bool key(string_t& key) override {
    key_ = std::move(key);
    return true;
  }

  bool string(string_t& text) override {
    if (!is_entry()) return value("a string");
    found_.all.add(key_);
    if (name_ && key_ != *name_) return true;
    if (name_ && found_.tensor) fail(fmt::format("tensor {} is there twice", shown(key_)));
    found_.tensor = key_;
    found_.file = std::move(text);
    return true;
  }

  bool null() override { return value("null"); }
  bool boolean(bool /*value*/) override { return value("a boolean"); }
  bool number_integer(number_integer_t /*number*/) override { return value("a number"); }
  bool number_unsigned(number_unsigned_t /*number*/) override { return value("a number"); }
  bool number_float(number_float_t /*number*/, const string_t& /*text*/) override {
    return value("a number");
  }
  bool binary(binary_t& /*bytes*/) override { return value("bytes"); }

  bool parse_error(std::size_t position, const std::string& /*token*/,
                   const nlohmann::json::exception& /*fault*/) override {
    fail(fmt::format("it is not JSON in UTF-8 at byte {}", position));
  }

 private:
  bool is_entry() const { return in_map_ && depth_ == 2; }

  /// A value that is neither the map nor the file of an entry.
  bool value(std::string_view what) const {
    if (depth_ == 0) fail(fmt::format("it is {}, not an object", what));
    if (depth_ == 1 && key_ == "weight_map") fail(fmt::format("'weight_map' is {}", what));
    if (is_entry()) fail(fmt::format("the file of tensor {} is {}", shown(key_), what));
    return true;
  }

  const std::optional<std::string>& name_;
  FoundShard found_;
  std::string key_;
  std::size_t depth_ = 0;
  bool in_map_ = false, has_map_ = false;
};

}  // namespace

FoundShard find_shard(std::string_view index, const std::optional<std::string>& name) {
  // The parser takes a NUL for the end of the text.
  if (index.find('\0') != std::string_view::npos) fail("it holds a NUL byte");
  Events events(name);
  nlohmann::json::sax_parse(index, &events);
  FoundShard found = events.take();
  if (!name && found.all.size() != 1) found.tensor = found.file = std::nullopt;
  return found;
}

}  // namespace xent::tensors
