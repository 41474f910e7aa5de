// SPDX-License-Identifier: MIT
// Tries the hypotheses on the results, and says which of them explain them.
#include "explain/explain.hpp"

#include <algorithm>
#include <memory>
#include <utility>

#include <fmt/format.h>

#include "explain/fitting/claims.hpp"
#include "explain/fitting/given.hpp"
#include "explain/fitting/sample.hpp"
#include "explain/fitting/trial.hpp"
#include "explain/text.hpp"
#include "reference/workers.hpp"

namespace xent::explain {
namespace {

// What is tried one after the other, until all is explained: what has no parameter, what has one,
// pairs, and at last a mere factor, which is what some pairs come to.
std::array<std::vector<Attempt>, 4> stages(const Doubt& doubt) {
  std::array<std::vector<Attempt>, 4> all;
  for (Attempt& one : attempts(doubt)) {
    const bool factor = one.hypothesis->name.ends_with("_factor");
    all[factor ? 3 : one.variant.parameter ? 1 : 0].push_back(std::move(one));
  }
  all[2] = pairs(doubt);
  return all;
}

// What was tried, and what it came to. Trials stay where they are.
class Search {
 public:
  Search(const Doubt& doubt, int threads) : given_(doubt, threads), sample_(given_) {}

  const Given& given() const { return given_; }

  Explanation explanation() {
    Explanation result = wrongs();
    if (!result.wrong()) return result;
    for (const std::vector<Attempt>& some : stages(given_.doubt())) {
      attempt(some);
      if (is_done()) break;
    }
    result.findings = findings();
    return result;
  }

 private:
  Explanation wrongs() const {
    Explanation result{.loss_wrong = given_.wrong(Quantity::loss),
                       .grad_wrong = given_.wrong(Quantity::grad),
                       .lse_wrong = given_.wrong(Quantity::lse)};
    for (std::ptrdiff_t i = 0; i < given_.doubt().rows(); ++i)
      if (!std::ranges::all_of(given_.row(i).right, std::identity{})) ++result.rows_wrong;
    return result;
  }

  bool rows_are_wrong() const {
    return std::ranges::any_of(all_quantities, [&](Quantity quantity) {
      return given_.by_rows(quantity) && given_.wrong(quantity);
    });
  }

  void attempt(const std::vector<Attempt>& some) {
    if (rows_are_wrong())
      for (Trial& one : try_rows(given_, sample_, some)) keep(std::move(one));
    const bool reduced = given_.wrong(Quantity::loss) && !given_.by_rows(Quantity::loss);
    if (reduced && !is_explained(Quantity::loss))
      for (Trial& one : try_reduced(given_, sample_, some, losses_)) keep(std::move(one));
  }

  void keep(Trial&& trial) {
    trials_.push_back(std::make_unique<Trial>(std::move(trial)));
    const Claim claim = claim_of(given_, *trials_.back());
    if (claim.any()) claims_.push_back(claim);
  }

  bool is_explained(Quantity quantity) const {
    return std::ranges::any_of(claims_, [&](const Claim& one) {
      return one.sure && one.every && one.explains[index_of(quantity)];
    });
  }

  // All that is wrong is explained in full.
  bool is_done() const {
    return std::ranges::all_of(all_quantities, [&](Quantity quantity) {
      return !given_.wrong(quantity) || is_explained(quantity);
    });
  }

  std::vector<Finding> findings() const {
    std::vector<Finding> result;
    std::vector<const Trial*> named;
    for (const Quantity quantity : all_quantities) {
      if (!given_.wrong(quantity)) continue;
      const std::vector<Claim> best = best_claims(claims_, quantity);
      for (const Claim& one : best) {
        if (std::ranges::find(named, one.trial) != named.end()) continue;
        named.push_back(one.trial);
        result.push_back(finding_of(given_, one, best.size() > 1));
      }
    }
    return result;
  }

  Given given_;
  Sample sample_;
  LossesOfRows losses_;
  std::vector<std::unique_ptr<Trial>> trials_;
  std::vector<Claim> claims_;
};

}  // namespace

Explanation explain(const Doubt& doubt, const ExplainOptions& options) {
  return Search(doubt, options.threads).explanation();
}

}  // namespace xent::explain
