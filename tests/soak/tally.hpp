// SPDX-License-Identifier: MIT
// Tally: what a soak has judged, and its tables.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <tuple>
#include <vector>

#include "properties/drawing/pairs.hpp"
#include "tests/soak/subject.hpp"

namespace xent::soak {

/// Of one implementation, element type and instruction set.
struct Count {
  std::int64_t judged = 0;
  std::int64_t breaks = 0;
};

class Tally {
 public:
  /// Pairs of levels that no subject takes are outside.
  explicit Tally(const std::vector<Subject>& subjects);

  void add_problem(const cases::Recipe& recipe);
  void add_judged(const Subject& subject, DType dtype, bool broken);

  std::int64_t problems() const { return problems_; }
  std::int64_t breaks() const { return breaks_; }
  /// How often the subject has been judged in that element type.
  std::int64_t judged(const Subject& subject, DType dtype) const;

  /// The tables: problems by element type, results by implementation, type and instruction set,
  /// pairs of levels, wide rows.
  std::string text() const;

 private:
  using Key = std::tuple<std::string, DType, std::string>;

  std::int64_t problems_ = 0;
  std::int64_t wide_ = 0;  // with more than 4096 classes
  std::int64_t breaks_ = 0;
  std::array<std::int64_t, std::size(all_dtypes)> of_dtype_ = {};
  std::map<Key, Count> of_subject_;
  properties::Coverage pairs_;
};

}  // namespace xent::soak
