// SPDX-License-Identifier: MIT
// RapidCheck in process: its own seed and number of cases, nothing from the environment.

#include "properties/drawing/search.hpp"

#include <algorithm>
#include <exception>

#include <rapidcheck.h>

namespace xent::properties {
namespace {

// RapidCheck tells a listener what goes on; its own listener prints.
class Silence : public rc::detail::TestListener {
 public:
  void onTestCaseFinished(const rc::detail::CaseDescription&) override {}
  void onShrinkTried(const rc::detail::CaseDescription&, bool) override {}
  void onTestFinished(const rc::detail::TestMetadata&, const rc::detail::TestResult&) override {}
};

}  // namespace

cases::Recipe shrunk(cases::Recipe failing,
                     const std::function<std::vector<cases::Recipe>(const cases::Recipe&)>& simpler,
                     const std::function<bool(const cases::Recipe&)>& holds) {
  for (bool smaller = true; smaller;) {
    const std::vector<cases::Recipe> steps = simpler(failing);
    const auto next = std::find_if_not(steps.begin(), steps.end(), holds);
    smaller = next != steps.end();
    if (smaller) failing = *next;
  }
  return failing;
}

std::int64_t search(const rc::Gen<cases::Recipe>& generator, std::uint64_t seed, int cases,
                    const std::function<bool(const cases::Recipe&)>& holds) {
  std::exception_ptr thrown;  // RapidCheck would take an exception for a counterexample
  const auto property = rc::detail::toProperty([&] {
    const cases::Recipe recipe = *generator;
    try {
      return thrown != nullptr || holds(recipe);
    } catch (...) {
      thrown = std::current_exception();
      return true;
    }
  });
  rc::detail::TestParams params;
  params.seed = seed;
  params.maxSuccess = cases;
  Silence silence;
  const auto result = rc::detail::checkProperty(property, {}, params, silence, {});
  if (thrown != nullptr) std::rethrow_exception(thrown);
  rc::detail::SuccessResult success = {};
  if (result.match(success)) return success.numSuccess;
  rc::detail::FailureResult failure = {};
  return result.match(failure) ? failure.numSuccess + 1 : 0;
}

}  // namespace xent::properties
