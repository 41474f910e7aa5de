// SPDX-License-Identifier: MIT
// PinnedRow: a line of pinned_rows.txt as a problem of one row; pinned_row.py has the format.
#pragma once

#include <algorithm>
#include <array>
#include <cstdlib>
#include <cstring>
#include <map>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "reference/row_problem.hpp"

namespace xent::tests {

class PinnedRow {
 public:
  explicit PinnedRow(const std::string& line) {
    std::string name;
    std::istringstream words(line);
    words >> name;
    dtype_ = find_dtype(name).value();
    for (std::string word; words >> word;) {
      if (is_name(word))
        fields_[name = word];
      else
        fields_[name].push_back(word);
    }
  }

  DType dtype() const { return dtype_; }
  bool has(const std::string& name) const { return fields_.contains(name); }
  std::string loss() const { return fields_.at("loss").at(0); }
  std::vector<std::string> gradient() const { return fields_.at("grad"); }

  /// The numbers of a field, exactly; none where it is absent.
  std::vector<double> numbers(const std::string& name) const {
    std::vector<double> values;
    if (!has(name)) return values;
    for (const std::string& word : fields_.at(name))
      values.push_back(std::strtod(word.c_str(), nullptr));
    return values;
  }
  std::vector<std::int64_t> integers(const std::string& name) const {
    const std::vector<double> values = numbers(name);
    return {values.begin(), values.end()};
  }

  /// The row, read out of a problem whose logits have the named element type.
  reference::RowProblem row() const {
    const std::vector<std::byte> logits = elements(numbers("logits"), dtype_);
    const std::vector<double> probs = numbers("probs");
    const std::vector<double> weight = numbers("weight");
    const std::vector<std::int64_t> classes = integers("csr");
    const std::vector<std::int64_t> label = integers("labels");
    const std::array<std::int64_t, 2> offsets = {0, std::ssize(classes)};

    AnyProblem problem;
    problem.logits = one_row(logits.data(), dtype_, std::ssize(fields_.at("logits")));
    if (has("labels"))
      problem.targets = view(label);
    else if (has("csr"))
      problem.targets = AnyCsr{{offsets.data(), 2}, view(classes), view(probs)};
    else
      problem.targets = one_row(probs.data(), DType::f64, std::ssize(probs));
    if (has("weight")) problem.weight = view(weight);
    if (has("ignore")) problem.options.ignore_index = integers("ignore").at(0);
    if (has("smoothing")) problem.options.label_smoothing = numbers("smoothing").at(0);
    return reference::row_problem(problem, 0);
  }

 private:
  static bool is_name(const std::string& word) {
    static constexpr std::string_view names[] = {"labels",    "probs",  "csr",  "ignore", "weight",
                                                 "smoothing", "logits", "loss", "grad"};
    return std::ranges::find(names, word) != std::end(names);
  }

  /// The values in elements of that type, which hold them exactly.
  static std::vector<std::byte> elements(const std::vector<double>& values, DType dtype) {
    std::vector<std::byte> bytes(values.size() * size_of(dtype));
    std::byte* at = bytes.data();
    const auto put = [&at](auto element) {
      std::memcpy(at, &element, sizeof element);
      at += sizeof element;
    };
    for (const double value : values) {
      switch (dtype) {
        case DType::f32: put(static_cast<float>(value)); break;
        case DType::f64: put(value); break;
        case DType::bf16: put(static_cast<bf16>(value)); break;
        case DType::f16: put(static_cast<f16>(value)); break;
      }
    }
    return bytes;
  }

  static AnyMatrix one_row(const void* data, DType dtype, std::ptrdiff_t size) {
    return {data, dtype, row_major<const std::byte>(nullptr, 1, size)};
  }
  template <class T>
  static VectorView<const T> view(const std::vector<T>& values) {
    return {values.data(), std::ssize(values)};
  }

  DType dtype_;
  std::map<std::string, std::vector<std::string>> fields_;  // the words between two names
};

}  // namespace xent::tests
