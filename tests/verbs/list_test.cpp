// SPDX-License-Identifier: MIT
// xent list: what it prints that an implementation takes is what the contract takes: it names a
// form of targets or an option exactly where a problem that asks for it is not refused.
#include <algorithm>
#include <array>
#include <functional>

#include <gtest/gtest.h>

#include <xent/implementation.hpp>
#include <xent/validate.hpp>

#include "tests/support/program.hpp"

namespace {

using namespace xent;
using Json = nlohmann::json;

/// Whether one row of one class, changed like that, is taken.
template <class T>
bool takes(const Contract<T>& contract, const std::function<void(Problem<T>&)>& change) {
  static constexpr T one{1};
  static constexpr std::int64_t label = 0;
  LossOf<T> loss = 0;
  Problem<T> problem{.logits = row_major(&one, 1, 1),
                     .targets = Labels<std::int64_t>{&label, 1, 1}};
  change(problem);
  try {
    validate<T>(contract, problem, {.loss = {&loss, 1, 1}});
  } catch (const InvalidProblem&) {
    return false;
  }
  return true;
}

template <class T>
void check(const Json& listed, const Contract<T>& contract, const std::string& whose) {
  static constexpr T one{1};
  static constexpr std::array<std::int64_t, 2> offsets = {0, 1};
  const auto agree = [&](const char* list, const char* name,
                         const std::function<void(Problem<T>&)>& change) {
    const auto names = listed.value(list, std::vector<std::string>());
    const bool named = std::count(names.begin(), names.end(), name) == 1;
    EXPECT_EQ(named, takes<T>(contract, change)) << whose + " takes " + name + " as it is listed";
  };
  agree("targets", "labels", [](Problem<T>&) {});
  agree("targets", "probs", [](Problem<T>& p) { p.targets = row_major(&one, 1, 1); });
  agree("targets", "csr", [](Problem<T>& p) {
    p.targets = Csr<T>{{offsets.data(), 2, 1}, {offsets.data(), 1, 1}, {&one, 1, 1}};
  });
  agree("options", "weight", [](Problem<T>& p) { p.weight = {&one, 1, 1}; });
  agree("options", "ignore_index", [](Problem<T>& p) { p.options.ignore_index = 0; });
  static constexpr LossOf<T> v{1};
  agree("options", "row_weight", [](Problem<T>& p) { p.row_weight = {&v, 1, 1}; });
  agree("options", "input", [](Problem<T>& p) { p.options.input = Input::probs; });
  agree("options", "kl_divergence", [](Problem<T>& p) {
    p.targets = row_major(&one, 1, 1);
    p.options.kl_divergence = true;
  });
  agree("options", "clip", [](Problem<T>& p) {
    p.options.input = Input::probs;
    p.options.clip = 0.1;
  });
  agree("options", "z_loss", [](Problem<T>& p) { p.options.z_loss = 0.1; });
  agree("options", "temperature", [](Problem<T>& p) { p.options.temperature = 0.7; });
  agree("options", "softcap", [](Problem<T>& p) { p.options.softcap = 30; });
  agree("options", "label_smoothing", [](Problem<T>& p) { p.options.label_smoothing = 0.1; });
}

TEST(List, SaysWhatTheContractTakes) {
  const tests::Program xent;
  const Json list = xent.json("list");
  const Json listed = list.is_object() ? list.value("implementations", Json::array()) : Json();
  const auto all = implementations();
  EXPECT_EQ(listed.size(), all.size()) << "every implementation is listed";
  const std::string text = xent.run("list").text;
  for (std::size_t k = 0; k < std::min(listed.size(), all.size()); ++k)
    for (const DType dtype : all_dtypes)
      with_dtype(dtype, [&](auto zero) {
        const std::string type(to_string(dtype));
        const Json contract = listed[k].value(type, Json::object());
        check(contract, all[k]->template contract<decltype(zero)>(),
              std::string(all[k]->name) + " " + type);
        for (const char* list_name : {"targets", "options"})
          for (const auto& name : contract.value(list_name, Json::array()))
            EXPECT_NE(text.find(name.get<std::string>()), std::string::npos)
                << name.get<std::string>() + " is in the text too";
      });
}

}  // namespace
