// SPDX-License-Identifier: MIT
// Raises and merges the maxima of an ErrorStats.
#include "reference/judging/maxima.hpp"

#include <tuple>

namespace xent::reference {
namespace {

std::optional<double> ulp(const Error& error) { return error.hi; }
std::optional<double> terms(const Error& error) { return error.terms; }
std::optional<double> relative(const Error& error) { return error.relative; }
std::optional<double> absolute(const Error& error) { return error.absolute; }
std::optional<double> backward(const Error& error) { return error.backward; }
std::optional<double> ratio(const Error& error) { return error.ratio; }

constexpr Maximum of_all[] = {{&ErrorStats::max_ratio, &ErrorStats::ratio_witness, ratio}};
constexpr Maximum of_cancelled[] = {
    {&ErrorStats::max_terms_ulp, &ErrorStats::terms_witness, terms},
    {&ErrorStats::max_absolute, &ErrorStats::absolute_witness, absolute},
    {&ErrorStats::max_backward, &ErrorStats::backward_witness, backward}};
constexpr Maximum of_numbers[] = {
    {&ErrorStats::max_ulp, &ErrorStats::max_witness, ulp},
    {&ErrorStats::max_relative, &ErrorStats::relative_witness, relative}};

}  // namespace

constinit const std::span<const Maximum> maxima_of_all = of_all;
constinit const std::span<const Maximum> maxima_of_cancelled = of_cancelled;
constinit const std::span<const Maximum> maxima_of_numbers = of_numbers;

void raise(ErrorStats& stats, std::span<const Maximum> maxima, const Error& error,
           const std::function<Witness()>& witness) {
  for (const Maximum& maximum : maxima) {
    const std::optional<double> value = maximum.of(error);
    if (!value || value <= stats.*maximum.value) continue;
    stats.*maximum.value = value;
    stats.*maximum.witness = witness();
  }
}

bool earlier(const Witness& a, const Witness& b) {
  return std::tie(a.row, a.column) < std::tie(b.row, b.column);
}

void merge(ErrorStats& total, const ErrorStats& more, std::span<const Maximum> maxima) {
  for (const Maximum& maximum : maxima) {
    const std::optional<double> a = total.*maximum.value;
    const std::optional<double> b = more.*maximum.value;
    if (!b || b < a || (b == a && !earlier(more.*maximum.witness, total.*maximum.witness)))
      continue;
    total.*maximum.value = b;
    total.*maximum.witness = more.*maximum.witness;
  }
}

}  // namespace xent::reference
