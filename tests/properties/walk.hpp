// SPDX-License-Identifier: MIT
// Walk: one implementation and element type on the problems, one after another: what is offered is
// computed and judged by the contract, what is not is refused by name.
#pragma once

#include <cstring>
#include <set>
#include <string>
#include <utility>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <xent/implementation.hpp>
#include <xent/validate.hpp>

#include "properties/dispatch.hpp"
#include "properties/judging/judgement.hpp"
#include "tests/support/laid_problem.hpp"

namespace xent::tests {

/// What became of the problems of an implementation.
struct Tally {
  int judged = 0;
  int refused = 0;
  int failed = 0;
};

/// Reports the first failures.
inline void fail(Tally& tally, const std::string& message) {
  if (++tally.failed <= 10) ADD_FAILURE() << message;
}

/// What the offers lack, or "".
inline std::string_view lacked(const Offers& offers, const Asked& asked) {
  if (asked.form == Form::csr && !offers.csr) return "csr";
  if (asked.weight && !offers.weight) return "weight";
  if (asked.row_weight && !offers.row_weight) return "row_weight";
  if (asked.ignore && !offers.ignore_index) return "ignore_index";
  if (asked.input != Input::logits && !offers.input) return "input";
  if (asked.divergence && !offers.kl_divergence) return "kl_divergence";
  if (asked.smoothing != 0 && !offers.label_smoothing) return "label_smoothing";
  if (asked.z_loss != 0 && !offers.z_loss) return "z_loss";
  if (asked.mapped && !offers.temperature) return "temperature";
  if (asked.mapped && !offers.softcap) return "softcap";
  return "";
}

/// One implementation and element type.
template <class T>
class Walk {
 public:
  Walk(const Implementation& implementation, Tally& tally)
      : implementation_(implementation),
        contract_(implementation.contract<T>()),
        instruction_sets_(properties::instruction_sets_of(implementation)),
        tally_(tally) {}

  void check(const Asked& asked) {
    const NastyBatch<T> batch(asked, contract_.domain);
    LaidProblem<T> laid(asked.layout, asked, batch);
    LaidResults<T> places(asked, laid);
    const auto what = lacked(contract_.offers, asked);
    try {
      validate(contract_, laid.problem(), places.outputs());
    } catch (const InvalidProblem& fault) {
      ++tally_.refused;
      if (what.empty() || std::string_view(fault.what()).find(what) == std::string_view::npos)
        fail(tally_, name(asked, "") + " is refused: " + fault.what());
      return;
    }
    if (!what.empty())
      return fail(tally_, fmt::format("{} is refused for {}", name(asked, ""), what));
    const bool short_row = asked.classes < 5;
    for (const std::string& set : instruction_sets_) {
      run(asked, batch, set);
      if (short_row) break;
    }
  }

 private:
  void run(const Asked& asked, const NastyBatch<T>& batch, const std::string& set) {
    ++tally_.judged;
    LaidProblem<T> laid(asked.layout, asked, batch);
    LaidResults<T> results(asked, laid);
    contract_.kernel(laid.problem(), results.outputs(),
                     {.instruction_set = find_instruction_set(set).value()});
    auto loss = results.take_loss();
    auto lse = results.take_lse();
    auto grad = results.take_grad();
    const std::string whose = name(asked, set);
    if (!results.is_untouched()) fail(tally_, whose + " writes beside its results");
    const Asked same = of_same_values(asked);
    const std::string values = to_string(same);
    Outputs<T> got;
    if (is_new("loss of " + values, loss)) got.loss = {loss.data(), std::ssize(loss)};
    if (is_new("lse of " + values, lse)) got.lse = {lse.data(), std::ssize(lse)};
    if (is_new("gradient of " + values, grad))
      got.grad = row_major(grad.data(), batch.rows, asked.classes);
    const LaidProblem<T> packed(Layout::row_major, same, batch);
    const auto judged = reference::judge(packed.problem(), got, &contract_);
    report(whose + ", loss", judged.loss);
    report(whose + ", lse", judged.lse);
    report(whose + ", gradient", judged.grad);
  }

  void report(const std::string& what, const ErrorStats& stats) {
    if (const auto breach = properties::breach(stats, contract_.tier))
      fail(tally_, fmt::format("{}, row {}, column {}: got {}, expected {}", what, breach->row,
                               breach->column, breach->got, breach->expected));
  }

  /// The same bits for the same values have the same verdict.
  template <class V>
  bool is_new(std::string key, const std::vector<V>& numbers) {
    if (numbers.empty()) return false;
    const std::size_t begin = key.size();
    key.resize(begin + numbers.size() * sizeof(V));
    std::memcpy(key.data() + begin, numbers.data(), numbers.size() * sizeof(V));
    return judged_.insert(std::move(key)).second;
  }

  std::string name(const Asked& asked, const std::string& set) const {
    return fmt::format("{}{}{}, {}, {}", implementation_.name, set.empty() ? "" : " on ", set,
                       to_string(dtype_of<T>), to_string(asked));
  }

  const Implementation& implementation_;
  const Contract<T>& contract_;
  std::vector<std::string> instruction_sets_;
  Tally& tally_;
  std::set<std::string> judged_;
};

}  // namespace xent::tests
