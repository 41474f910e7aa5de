// SPDX-License-Identifier: MIT
// Pinned rows: the oracle's enclosures lie within the 40 digits that another library computed by
// other formulas (pin_rows.py).
#include <cstdlib>
#include <fstream>
#include <sstream>

#include "reference/oracle.hpp"
#include "tests/expect.hpp"
#include "tests/one_row.hpp"

namespace {

using namespace xent;
using namespace xent::reference;
using tests::expect;
using tests::OneRow;

constexpr unsigned digits = 56;

/// The words up to `end`, which is read too, as numbers; hex floats are exact.
template <class T>
std::vector<T> numbers_until(std::istream& words, const std::string& end) {
  std::vector<T> values;
  std::string word;
  while (words >> word && word != end)
    values.push_back(static_cast<T>(std::strtod(word.c_str(), nullptr)));
  return values;
}

/// Whether `value` lies within one unit of the 40th digit of `text`.
bool agrees(const Interval<digits>& value, const std::string& text) {
  Interval<digits> pinned;
  mpfi_set_str(raw(pinned), text.c_str(), 10);
  Interval<digits> unit;
  mpfi_set_str(raw(unit), "1e-39", 10);
  const Interval<digits> slack = magnitude(pinned) * unit;
  mpfi_increase(raw(pinned), upper(slack));
  return mpfi_is_inside(raw(value), raw(pinned)) != 0;
}

template <class T>
void check_row(std::istringstream words, const std::string& line) {
  OneRow<T> row;
  std::string word;
  words >> word;
  if (word == "probs") {
    row.probs = numbers_until<T>(words, "logits");
  } else {
    words >> row.label >> word;
  }
  row.logits = numbers_until<T>(words, "loss");
  const RowEnclosure<digits, T> exact(row.problem(), 0, true);
  words >> word;
  expect(agrees(exact.loss().value, word), "the pinned loss of: " + line);
  words >> word;  // "grad"
  std::ptrdiff_t j = 0;
  for (; words >> word; ++j)
    expect(agrees(exact.gradient(j).value, word),
           "the pinned gradient of class " + std::to_string(j) + " of: " + line);
  expect(j == row.classes() && j > 0, "as many gradient components as classes in: " + line);
}

}  // namespace

int main() {
  std::ifstream file(XENT_SOURCE_DIR "/tests/pinned_rows.txt");
  int rows = 0;
  for (std::string line; std::getline(file, line); ++rows) {
    std::istringstream words(line);
    std::string dtype;
    words >> dtype;
    if (dtype == "f32")
      check_row<float>(std::move(words), line);
    else
      check_row<double>(std::move(words), line);
  }
  expect(rows == 36, "36 rows are pinned");
  return tests::exit_code();
}
