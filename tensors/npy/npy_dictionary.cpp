// SPDX-License-Identifier: MIT
// A recursive-descent parser of that dictionary.
#include "tensors/npy/npy_dictionary.hpp"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

#include "tensors/npy/python_tokens.hpp"

namespace xent::tensors {
namespace {

class Parser : PythonTokens {
 public:
  Parser(std::string_view text, int major) : PythonTokens(text), major_(major) {}

  NpyHeader parse() {
    skip_front();
    expect('{');
    while (!accept('}')) {
      parse_item();
      if (!accept(',') && peek() != '}') fail("an item ends in neither ',' nor '}'");
    }
    require_no_lone_return();
    if (major_ > 2) require_ended_line();
    peek();
    if (!rest_.empty()) fail("something follows its '}'");
    if (!has_descr_ || !has_order_ || !has_shape_)
      fail("one of 'descr', 'fortran_order', 'shape' is missing");
    return header_;
  }

 private:
  void parse_item() {
    const std::string key = parse_string("a key");
    expect(':');
    if (key == "descr") {
      once(has_descr_, key);
      parse_descr();
    } else if (key == "fortran_order") {
      once(has_order_, key);
      header_.fortran_order = accept("True");
      if (!header_.fortran_order && !accept("False"))
        fail("'fortran_order' is neither True nor False");
    } else if (key == "shape") {
      once(has_shape_, key);
      parse_shape();
    } else {
      fail(fmt::format("unknown key '{}'", key));
    }
  }

  static void once(bool& seen, std::string_view key) {
    if (seen) fail(fmt::format("'{}' is there twice", key));
    seen = true;
  }

  std::string parse_string(std::string_view what) {
    const char quote = peek();
    if (quote != '\'' && quote != '"') fail(fmt::format("{} is not a string", what));
    const auto end = rest_.find(quote, 1);
    if (end == std::string_view::npos) fail(fmt::format("{} has no closing quote", what));
    const std::string_view text = rest_.substr(1, end - 1);
    if (text.size() > 32 || !std::all_of(text.begin(), text.end(), is_printable))
      fail(fmt::format("{} is no short printable string", what));
    rest_.remove_prefix(end + 1);
    return std::string(text);
  }

  void parse_descr() {
    if (peek() == '[')
      throw InvalidNpyDictionary("it holds records (a structured dtype), not an array of numbers");
    header_.descr = parse_string("'descr'");
  }

  void parse_shape() {
    expect('(');
    bool comma = true;
    while (!accept(')')) {
      if (!comma) fail("two sizes of 'shape' without a comma between");
      header_.shape.push_back(parse_size());
      comma = accept(',');
    }
    if (header_.shape.size() == 1 && !comma) fail("'shape' is a number, not a tuple");
  }

  std::ptrdiff_t parse_size() {
    if (peek() == '-') fail("a size of 'shape' is negative");
    if (!is_digit(rest_.empty() ? '\0' : rest_.front()))
      fail("'shape' holds something else than sizes");
    std::ptrdiff_t size = 0;
    const char* end = rest_.data() + rest_.size();
    const auto [after, error] = std::from_chars(rest_.data(), end, size);
    if (error == std::errc::result_out_of_range) fail("a size of 'shape' is too large");
    if (rest_.front() == '0' && after != rest_.data() + 1) fail("a size of 'shape' begins with 0");
    rest_.remove_prefix(static_cast<std::size_t>(after - rest_.data()));
    skip_long();
    return size;
  }
  /// The L of an integer of Python 2.
  void skip_long() {
    if (!accept('L')) return;
    if (major_ > 2) fail("a size of 'shape' ends in L, as in Python 2, which has no version 3.0");
  }

  int major_;
  NpyHeader header_;
  bool has_descr_ = false, has_order_ = false, has_shape_ = false;
};

}  // namespace

NpyHeader parse_npy_dictionary(std::string_view text, int major) {
  return Parser(text, major).parse();
}

}  // namespace xent::tensors
