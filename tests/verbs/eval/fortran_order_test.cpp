// SPDX-License-Identifier: MIT
// Files in Fortran order through the program: what eval writes and what audit finds is bit for bit
// what files in C order give, for logits of 1 to 4 axes with the classes on each of them.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <gtest/gtest.h>

#include "tests/support/npy_bytes.hpp"
#include "tests/support/program.hpp"

namespace {

using namespace xent;
using tests::Program;
using Shape = std::vector<std::ptrdiff_t>;

/// The numbers, which are in C order, as a .npy file in that order or in Fortran order.
template <class T>
void write(const std::string& path, std::string_view descr, const Shape& shape,
           const std::vector<T>& numbers, bool fortran) {
  std::vector<T> placed(numbers.size());
  for (std::ptrdiff_t k = 0; k < std::ssize(numbers); ++k) {
    std::ptrdiff_t place = 0;
    std::ptrdiff_t rest = k;
    for (std::size_t axis = shape.size(); axis-- > 0; rest /= shape[axis])
      place = rest % shape[axis] + shape[axis] * place;
    placed[static_cast<std::size_t>(fortran ? place : k)] = numbers[static_cast<std::size_t>(k)];
  }
  std::string header =
      fmt::format("{{'descr': '{}', 'fortran_order': {}, 'shape': ({}{})}}", descr,
                  fortran ? "True" : "False", fmt::join(shape, ", "), shape.size() == 1 ? "," : "");
  header.resize(118, ' ');  // the data begin at byte 128
  const std::string_view data(reinterpret_cast<const char*>(placed.data()),
                              placed.size() * sizeof(T));
  tests::write_bytes(path, tests::npy(header, data));
}

/// Logits of that shape, with targets of both forms, in either order under the same names.
class Twins {
 public:
  Twins(const Program& program, Shape shape, std::size_t axis)
      : xent_(program), shape_(std::move(shape)), row_shape_(shape_), axis_(axis) {
    row_shape_.erase(row_shape_.begin() + static_cast<std::ptrdiff_t>(axis));
  }

  void check() const {
    for (const char* targets : {"labels", "probs"})
      for (const char* how : {"--impl simd", "--impl simd --in-place", "--impl reference"}) {
        const std::string what = fmt::format("[{}], classes on {}, {}, {}", fmt::join(shape_, ", "),
                                             axis_, targets, how);
        const std::vector<std::string> in_c = results(targets, how, false);
        const std::vector<std::string> in_fortran = results(targets, how, true);
        EXPECT_EQ(in_c, in_fortran) << what;
        EXPECT_TRUE(is_accurate(in_c.back())) << what + ": " + in_c.back();
      }
  }

 private:
  /// Whether all results that an audit found are within 5 ulp of their terms.
  static bool is_accurate(const std::string& audit) {
    const auto found = nlohmann::json::parse(audit, nullptr, false);
    if (found.is_discarded()) return false;
    const auto holds = [&](const char* quantity) {
      const auto& errors = found.at(quantity);
      return errors.at("undecided") == 0 && errors.at("max_terms_ulp") <= 5 &&
             std::ranges::all_of(errors.at("categories"), [](const auto& n) { return n == 0; });
    };
    return holds("loss") && holds("grad") && holds("lse");
  }

  std::string path(const std::string& name) const { return xent_.file(name + ".npy"); }

  void write_problem(bool fortran) const {
    std::size_t size = 1;
    for (const std::ptrdiff_t n : shape_) size *= static_cast<std::size_t>(n);
    std::vector<float> logits(size);
    std::vector<float> probs(size);
    for (std::size_t k = 0; k < size; ++k) {
      logits[k] = static_cast<float>(k * 37 % 101) / 8 - 6;
      probs[k] = static_cast<float>(k * 13 % 7) / 16;
    }
    const auto classes = static_cast<std::size_t>(shape_[axis_]);
    std::vector<std::int64_t> labels(size / classes);
    for (std::size_t i = 0; i < labels.size(); ++i)
      labels[i] = static_cast<std::int64_t>(i * 5 % classes);
    write(path("logits"), "<f4", shape_, logits, fortran);
    write(path("probs"), "<f4", shape_, probs, fortran);
    write(path("labels"), "<i8", row_shape_, labels, fortran);
  }

  /// The files that eval writes; then, with these in the other order too, what audit finds.
  std::vector<std::string> results(const std::string& targets, const std::string& how,
                                   bool fortran) const {
    write_problem(fortran);
    const std::string problem = fmt::format("--logits {} --{} {} --class-axis {} --reduction none",
                                            path("logits"), targets, path(targets), axis_);
    const tests::Ran ran =
        xent_.run(fmt::format("eval {} {} --loss-out {} --grad-out {} --lse-out {}", how, problem,
                              path("loss"), path("grad"), path("lse")));
    EXPECT_EQ(ran.code, 0) << ran.text;
    std::vector<std::string> all;
    for (const char* name : {"loss", "grad", "lse"}) {
      all.push_back(tests::read_bytes(path(name)));
      const tensors::Tensor tensor = tensors::read_tensor(path(name));
      const auto numbers = tensor.as<float>();
      write<float>(path(name), "<f4", tensor.shape, {numbers.begin(), numbers.end()}, fortran);
    }
    all.push_back(xent_
                      .run(fmt::format("audit {} --loss {} --grad {} --lse {} --json -", problem,
                                       path("loss"), path("grad"), path("lse")))
                      .text);
    return all;
  }

  const Program& xent_;
  Shape shape_, row_shape_;
  std::size_t axis_;
};

/// Bit patterns keep the order of their file.
TEST(FortranOrder, Patterns) {
  const Program xent;
  const auto loss = [&](bool fortran) {
    const std::vector<std::uint16_t> patterns = {0x3f80, 0, 0x4000, 0xbf80, 0x4080, 0x3f00};
    write<std::uint16_t>(xent.file("h.npy"), "<u2", {2, 3}, patterns, fortran);
    return xent
        .run(fmt::format("eval --impl reference --logits {0} --probs {0} --logits-dtype bf16 "
                         "--reduction none",
                         xent.file("h.npy")))
        .text;
  };
  const std::string in_c = loss(false);
  EXPECT_TRUE(in_c.find("xent") == std::string::npos && in_c == loss(true)) << "bf16: " + in_c;
}

TEST(FortranOrder, EachShapeAndAxis) {
  const Program xent;
  for (const Shape& shape : {Shape{7}, Shape{3, 17}, Shape{4, 3, 17}, Shape{2, 3, 17, 2}})
    for (std::size_t axis = 0; axis < shape.size(); ++axis) Twins(xent, shape, axis).check();
}

}  // namespace
