// SPDX-License-Identifier: MIT
// Two forms: the same problem with a one-hot matrix and with labels, as the classes grow.
#include <map>
#include <tuple>
#include <utility>

#include <fmt/format.h>

#include "reports/number.hpp"
#include "reports/records/pick.hpp"
#include "reports/sections.hpp"

namespace xent::reports::sections {
namespace {

using Group =
    std::tuple<std::int64_t, std::string, bool, std::int64_t>;  // run, dtype, gradient, threads
using Shape = std::pair<std::int64_t, std::int64_t>;            // classes, batch
using Row = std::map<std::string, const TimingRecord*>;         // by variant

/// Tells whether the losses of the record are reduced, and its arrays lie, as is usual.
bool is_usual(const TimingRecord& one) {
  return one.layout == TimingRecord{}.layout && one.reduction.empty() && one.inner == 1;
}

struct Forms {
  Row one_hot;
  Row labels;
};

struct Pair {
  const TimingRecord* one_hot = nullptr;
  const TimingRecord* labels = nullptr;
};

/// The fastest of those that `other` does not hold, of a tie the least, or nullptr.
const TimingRecord* fastest_alone(const Row& row, const Row& other) {
  std::vector<const TimingRecord*> among;
  for (const auto& [name, record] : row)
    if (!other.contains(name)) among.push_back(record);
  return fastest(among).least;
}

/// How much longer the matrix takes, where both figures can be relied on.
Cell time_ratio(const Pair& pair) {
  if (!pair.one_hot->unreliable.empty() || !pair.labels->unreliable.empty())
    return {.text = "–", .note = "unreliable", .dull = true};
  return {three_digits(pair.one_hot->ns_min / pair.labels->ns_min)};
}

/// Every implementation that was timed in both forms beside itself, and of those timed in one form
/// only, the fastest beside the fastest.
std::vector<Pair> pairs(const Forms& forms) {
  std::vector<Pair> made;
  const Pair alone{fastest_alone(forms.one_hot, forms.labels),
                   fastest_alone(forms.labels, forms.one_hot)};
  if (alone.one_hot != nullptr && alone.labels != nullptr) made.push_back(alone);
  for (const auto& [name, record] : forms.one_hot)
    if (const auto same = forms.labels.find(name); same != forms.labels.end())
      made.push_back({record, same->second});
  return made;
}

std::vector<Cell> cells(const Shape& shape, const Pair& pair) {
  const double logits = reports::logits(operation_of(*pair.labels));
  return {{fmt::format("{}", shape.first)},
          {fmt::format("{}", shape.second)},
          {variant(*pair.one_hot)},
          {three_digits(ns_per_logit(*pair.one_hot))},
          {three_digits(pair.one_hot->bytes / logits)},
          {variant(*pair.labels)},
          {three_digits(ns_per_logit(*pair.labels))},
          {three_digits(pair.labels->bytes / logits)},
          time_ratio(pair),
          {three_digits(pair.one_hot->bytes / pair.labels->bytes)}};
}

std::string title(const Group& group, const Results& results) {
  const auto& [run, dtype, gradient, threads] = group;
  return fmt::format("{}, {}{}{}", dtype, gradient ? "forward and gradient" : "forward",
                     threads_name(threads), run_name(run, results));
}

Table header(const Group& group, const Results& results) {
  return {title(group, results) + ": one-hot form against label form",
          {{"classes", "", true},
           {"batch", "", true},
           {"implementation", "one-hot matrix"},
           {"ns per logit", "one-hot matrix", true},
           {"bytes per logit", "one-hot matrix", true},
           {"implementation", "labels"},
           {"ns per logit", "labels", true},
           {"bytes per logit", "labels", true},
           {"time", "one-hot / labels", true},
           {"bytes", "one-hot / labels", true}},
          2};
}

/// A line for each implementation and form; at each number of classes the largest batch.
class Lines {
 public:
  void add(const Pair& pair) {
    for (const TimingRecord* one : {pair.one_hot, pair.labels})
      lines_[{variant(*one), one->targets}][one->classes] = ns_per_logit(*one);
  }
  std::vector<Series> series() const {
    std::vector<Series> all;
    for (const auto& [name, line] : lines_) {
      all.push_back({fmt::format("{}, {}", name.first, form_name(name.second)),
                     {},
                     name.second == "one_hot"});
      for (const auto& [classes, ns] : line)
        all.back().points.push_back({static_cast<double>(classes), ns});
    }
    return all;
  }

 private:
  std::map<std::pair<std::string, std::string>, std::map<std::int64_t, double>> lines_;
};

Chart chart(const Group& group, const Lines& lines, const Results& results) {
  const auto& [run, dtype, gradient, threads] = group;
  return {fmt::format("two-forms-{}-{}{}-{}", run + 1, dtype, gradient ? "-gradient" : "", threads),
          title(group, results) + ": time per logit against classes",
          "Lines on logarithmic axes, one for each implementation and form of the targets; one-hot "
          "forms are dashed. The table below holds the numbers.",
          "classes",
          "ns per logit",
          lines.series()};
}

}  // namespace

Section two_forms(const Results& results) {
  Section section{"two-forms", "One-hot form against label form",
                  "No shape was timed with a one-hot matrix and with labels in these results."};
  std::map<Group, std::map<Shape, Forms>> groups;
  for (const TimingRecord& one : results.timings) {
    if (!is_usual(one)) continue;
    Forms& forms =
        groups[{one.run, one.dtype, one.gradient, one.threads}][{one.classes, one.batch}];
    if (one.targets == "one_hot") forms.one_hot[variant(one)] = &one;
    if (one.targets == "labels") forms.labels[variant(one)] = &one;
  }
  for (const auto& [group, shapes] : groups) {
    Table table = header(group, results);
    Lines lines;
    for (const auto& [shape, forms] : shapes)
      for (const Pair& pair : pairs(forms)) {
        table.rows.push_back(cells(shape, pair));
        lines.add(pair);
      }
    if (table.rows.empty()) continue;
    section.blocks.emplace_back(chart(group, lines, results));
    section.blocks.emplace_back(std::move(table));
  }
  if (!section.blocks.empty())
    section.text =
        "The same logits and the same losses: a label is one index per row, a one-hot matrix is as "
        "large as the logits. A ratio above 1 is what the matrix costs.";
  return section;
}

}  // namespace xent::reports::sections
