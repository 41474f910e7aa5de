// SPDX-License-Identifier: MIT
// Explains wrong results: which thing that people really do gives them, for how many rows and how
// exactly.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "explain/doubt.hpp"

namespace xent::explain {

/// `explained`: the hypothesis gives the results within rounding, and no other does so as well.
/// `tie`: several do, and nothing in these results tells them apart. `possible`: it gives the
/// results, or most of the wrong rows, but so few numbers would agree by chance too.
enum class Certainty { explained, tie, possible };

struct Finding {
  Certainty certainty = Certainty::explained;
  std::string name;  // of the hypothesis; of a pair both, joined by " + "
  std::string sentence =
      {};  // "every row equals the result at temperature 0.7; the problem has none"
  bool loss = false, grad = false, lse = false;  // what it explains
  std::ptrdiff_t agreed = 0;                     // rows that agree with it
  std::ptrdiff_t rows = 0;                       // of so many that were compared
  double deviation = 0;     // the largest |got - predicted| of those beside the larger of the two
  std::string symbol = {};  // of its parameter
  std::optional<double> parameter = {};  // its value
  std::optional<double> spread = {};     // between the quartiles of the rows' own values
};

struct Explanation {
  bool loss_wrong = false, grad_wrong = false, lse_wrong = false;  // beyond the textbook's rounding
  std::ptrdiff_t rows_wrong = 0;  // in any of them; of a reduced loss alone 0
  /// The best first; all of one certainty, but where loss and gradient have causes of their own.
  /// Empty where nothing is wrong, and where nothing explains what is.
  std::vector<Finding> findings = {};

  bool wrong() const { return loss_wrong || grad_wrong || lse_wrong; }
};

struct ExplainOptions {
  int threads = 1;
};

Explanation explain(const Doubt& doubt, const ExplainOptions& options = {});

/// Returns the explanation as lines: "EXPLAINED: every row equals … (to 2e-07)", "TIE: …",
/// "POSSIBLE: …", or "UNEXPLAINED: …"; nothing where nothing is wrong.
std::string to_text(const Explanation& explanation);

}  // namespace xent::explain
