// SPDX-License-Identifier: MIT
// The loop of a soak: batches of problems, each on one instruction set, shared among threads.
#include "tests/soak/soak.hpp"

#include <algorithm>
#include <set>
#include <string_view>
#include <tuple>

#include "properties/dispatch.hpp"
#include "properties/drawing/recipes.hpp"
#include "properties/drawing/search.hpp"
#include "properties/message.hpp"
#include "reference/workers.hpp"
#include "tests/soak/problem.hpp"

namespace xent::soak {
namespace {

using Clock = std::chrono::steady_clock;
constexpr std::size_t batch = 256;
constexpr std::size_t others_of_a_problem = 2;

/// A problem and what became of it.
struct Task {
  cases::Recipe recipe;
  std::vector<Subject> subjects;
  std::vector<std::optional<Break>> breaks = {};  // one for each subject
};

class Soak {
 public:
  explicit Soak(const Plan& plan)
      : plan_(plan), end_(Clock::now() + plan.time), tally_(plan.subjects) {
    for (const Subject& subject : plan.subjects)
      if (!subject.instruction_set.empty()) instruction_sets_.insert(subject.instruction_set);
    if (instruction_sets_.empty()) instruction_sets_.insert("");
  }

  Tally run() {
    while (!done())
      for (const std::string& name : instruction_sets_) {
        if (done()) break;
        run_batch(name);
        if (plan_.progress) plan_.progress(tally_);
      }
    return std::move(tally_);
  }

 private:
  bool done() const {
    return tally_.problems() >= plan_.problems || Clock::now() >= end_ ||
           (plan_.until_broken && tally_.breaks() > 0) || (plan_.stopped && plan_.stopped());
  }

  void run_batch(const std::string& instruction_set) {
    std::vector<Task> tasks = drawn(instruction_set);
    reference::share_rows(std::ssize(tasks), plan_.threads, {}, [&](std::size_t, std::ptrdiff_t k) {
      Task& task = tasks[static_cast<std::size_t>(k)];
      if (!is_judged(task.recipe)) return;
      for (const Subject& subject : task.subjects)
        task.breaks.push_back(try_out(subject, task.recipe));
    });
    for (const Task& task : tasks) count(task);
  }

  std::vector<Task> drawn(const std::string& instruction_set) {
    std::vector<Task> tasks;
    while (tasks.size() < batch) {
      Task task{.recipe = draw_problem(plan_.seed, index_++, plan_.dtype), .subjects = {}};
      task.subjects = chosen(task.recipe, instruction_set);
      if (!task.subjects.empty()) tasks.push_back(std::move(task));
    }
    return tasks;
  }

  std::vector<Subject> chosen(const cases::Recipe& recipe, const std::string& instruction_set) {
    std::vector<Subject> on_this;
    std::vector<Subject> others;
    for (const Subject& subject : plan_.subjects) {
      const bool everywhere = subject.instruction_set.empty();
      if (!everywhere && subject.instruction_set != instruction_set) continue;
      if (takes(subject, recipe)) (everywhere ? others : on_this).push_back(subject);
    }
    std::stable_sort(others.begin(), others.end(), [&](const Subject& a, const Subject& b) {
      return tally_.judged(a, recipe.dtype) < tally_.judged(b, recipe.dtype);
    });
    others.resize(std::min(others.size(), others_of_a_problem));
    on_this.insert(on_this.end(), others.begin(), others.end());
    return on_this;
  }

  void count(const Task& task) {
    if (task.breaks.empty()) return;
    tally_.add_problem(task.recipe);
    for (std::size_t k = 0; k < task.breaks.size(); ++k) {
      const Subject& subject = task.subjects[k];
      tally_.add_judged(subject, task.recipe.dtype, task.breaks[k].has_value());
      if (task.breaks[k]) report(subject, task.recipe, *task.breaks[k]);
    }
  }

  /// Shrinks the first break of its levels, and tells of the first that shrinks to its like.
  void report(const Subject& subject, const cases::Recipe& recipe, const Break& broken) {
    if (!plan_.found || !is_new(drawn_, subject, recipe, broken)) return;
    const Finding finding = shrunk_finding(subject, recipe, broken);
    if (is_new(causes_, subject, finding.smallest, finding.broken)) plan_.found(finding);
  }

  /// Implementation, type, law; family, bands of weights and probabilities, form of targets.
  using Cause = std::tuple<std::string, DType, std::string, std::string, std::string_view,
                           std::string_view, std::string_view>;

  static bool is_new(std::set<Cause>& seen, const Subject& subject, const cases::Recipe& recipe,
                     const Break& broken) {
    return seen
        .insert({std::string(subject.implementation->name), recipe.dtype, std::string(broken.law),
                 recipe.family, recipe.weighted ? to_string(recipe.weights) : "",
                 to_string(recipe.targets), to_string(recipe.probs)})
        .second;
  }

  static Finding shrunk_finding(const Subject& subject, const cases::Recipe& drawn,
                                const Break& broken) {
    Finding finding{subject, drawn, drawn, broken};
    const properties::Scope all{.special = true};
    properties::shrunk(
        drawn,
        [&](const cases::Recipe& recipe) {
          return properties::simpler_recipes(recipe, all, {}, shrinks_to(recipe.dtype));
        },
        [&](const cases::Recipe& recipe) {
          if (!takes(subject, recipe) || !is_judged(recipe)) return true;
          const auto still = try_out(subject, recipe);
          if (!still || still->law != broken.law) return true;
          finding.smallest = recipe;
          finding.broken = *still;
          return false;
        });
    return finding;
  }

  static std::vector<properties::Candidate> shrinks_to(DType dtype) {
    return properties::candidates({.special = true}, dtype, {});
  }

  const Plan& plan_;
  Clock::time_point end_;
  std::set<std::string> instruction_sets_;
  std::uint64_t index_ = 0;
  Tally tally_;
  std::set<Cause> drawn_, causes_;
};

}  // namespace

std::string repeat_command(const Finding& finding) {
  return properties::repeat_command({.law = finding.broken.law,
                                     .implementation = finding.subject.implementation->name,
                                     .dtype = finding.smallest.dtype,
                                     .instruction_set = finding.subject.instruction_set,
                                     .recipe = finding.smallest});
}

Tally soak(const Plan& plan) { return Soak(plan).run(); }

}  // namespace xent::soak
