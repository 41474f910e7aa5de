// SPDX-License-Identifier: MIT
// docs/policy.md: every row of its tables, answered by the reference or refused; and no row there
// that is not here.
#include <algorithm>
#include <cfenv>
#include <cmath>
#include <exception>
#include <fstream>
#include <set>
#include <string>

#include <fmt/format.h>

#include <xent/validate.hpp>

#include "reference/evaluate.hpp"
#include "tests/expect.hpp"
#include "tests/policy_row.hpp"

namespace {

using namespace xent;
using namespace xent::tests;

constexpr std::ptrdiff_t classes_of_empty = 2;

std::ptrdiff_t width(const Rows& rows) {
  return rows.empty() ? classes_of_empty : std::ssize(rows.front());
}

std::vector<double> flat(const Rows& rows) {
  std::vector<double> all;
  for (const auto& row : rows) all.insert(all.end(), row.begin(), row.end());
  return all;
}

template <class T>
VectorView<const T> view(const std::vector<T>& values) {
  return {.data = values.data(), .size = std::ssize(values), .stride = 1};
}

/// The problem of a row, which it points into.
struct Held {
  explicit Held(const PolicyRow& row) : logits(flat(row.logits)) {
    Problem<double> made{
        .logits = row_major<const double>(logits.data(), std::ssize(row.logits), width(row.logits)),
        .targets = {},
        .options = {row.reduction, row.ignore, row.smoothing},
        .weight = view(row.weight)};
    if (const auto* dense = std::get_if<Rows>(&row.targets)) {
      probs = flat(*dense);
      made.targets = row_major<const double>(probs.data(), std::ssize(*dense), width(*dense));
    } else if (const auto* csr = std::get_if<CsrRows>(&row.targets)) {
      made.targets = Csr<double>{view(csr->offsets), view(csr->classes), view(csr->probs)};
    } else {
      made.targets = view(std::get<std::vector<std::int64_t>>(row.targets));
    }
    problem = made;
  }
  std::vector<double> logits, probs;
  AnyProblem problem;
};

bool same(double got, long double expected) {
  if (std::isnan(expected)) return std::isnan(got);
  if (std::isinf(expected) || expected == 0) return static_cast<long double>(got) == expected;
  return std::abs(static_cast<long double>(got) - expected) <= 1e-15L * std::abs(expected);
}

void expect_all(const std::vector<double>& got, const std::vector<long double>& expected,
                const std::string& what) {
  expect(got.size() == expected.size(), fmt::format("{}: {} results", what, expected.size()));
  for (std::size_t k = 0; k < std::min(got.size(), expected.size()); ++k)
    expect(same(got[k], expected[k]),
           fmt::format("{} {}: {}, got {}", what, k, static_cast<double>(expected[k]), got[k]));
}

void check_answers() {
  for (const PolicyRow& row : answered_rows()) {
    const Held held(row);
    validate(held.problem);
    const Format format = format_of(row.results);
    const auto got = reference::evaluate(
        held.problem, {.loss = format, .grad = format, .with_gradient = true, .threads = 1});
    const std::string name(row.name);
    expect(got.undecided.empty(), name + " is decided");
    expect_all(got.loss, row.loss, name + ": loss");
    expect_all(got.grad, row.grad, name + ": gradient");
    for (const double loss : got.loss)
      expect(loss != 0 || !std::signbit(loss), name + ": a loss of 0 is +0");
  }
}

void check_faults() {
  for (const PolicyRow& row : refused_rows()) {
    const Held held(row);
    expect_fault<InvalidProblem>([&] { validate(held.problem); }, row.fault);
  }
  for (const int direction : {FE_UPWARD, FE_DOWNWARD, FE_TOWARDZERO}) {
    (void)std::fesetround(direction);
    expect_fault<InvalidProblem>([] { validate_environment(); }, "rounding is not to nearest");
  }
  (void)std::fesetround(FE_TONEAREST);
  validate_environment();
}

/// What stands between `before`, with which a line begins, and `after`.
std::set<std::string> names(const std::string& file, const std::string& before,
                            const std::string& after) {
  std::ifstream text(XENT_SOURCE_DIR "/" + file);
  std::set<std::string> found;
  for (std::string line; std::getline(text, line);) {
    const std::size_t end = line.find(after, before.size());
    if (line.starts_with(before) && end != std::string::npos)
      found.insert(line.substr(before.size(), end - before.size()));
  }
  return found;
}

void check_names() {
  std::set<std::string> tested = {"rounding"};
  for (const auto& rows : {answered_rows(), refused_rows()})
    for (const PolicyRow& row : rows)
      expect(tested.emplace(row.name).second, std::string(row.name) + " is one row");
  const auto told = names("docs/policy.md", "| `", "`");
  for (const std::string& name : tested) expect(told.contains(name), name + " is in the document");
  for (const std::string& name : told) expect(tested.contains(name), name + " is tested");
  const auto asked = names("docs/policy_torch.py", "    \"", "\": case(");
  expect(!asked.empty(), "PyTorch is asked");
  for (const std::string& name : asked) expect(told.contains(name), name + " is in the document");
}

}  // namespace

int main() try {
  check_answers();
  check_faults();
  check_names();
  return exit_code();
} catch (const std::exception& fault) {
  expect(false, fault.what());
  return exit_code();
}
