// SPDX-License-Identifier: MIT
// Cases: problems made from a recipe. A case's id is its recipe as text, so whatever prints an id
// can be given it back.
#pragma once

#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include <xent/contract.hpp>
#include <xent/element.hpp>
#include <xent/problem.hpp>

#include "cases/csr.hpp"
#include "cases/magnitude_bands.hpp"

namespace xent::cases {

/// How the targets of a case are given: `labels` as class indices, `one_hot` as the dense matrix of
/// the same labels, `probs` as soft probabilities, `csr` as those of a few classes in each row.
enum class TargetKind { labels, one_hot, probs, csr };

inline constexpr TargetKind all_target_kinds[] = {TargetKind::labels, TargetKind::one_hot,
                                                  TargetKind::probs, TargetKind::csr};

constexpr std::string_view to_string(TargetKind kind) {
  switch (kind) {
    case TargetKind::labels: return "labels";
    case TargetKind::one_hot: return "one_hot";
    case TargetKind::probs: return "probs";
    case TargetKind::csr: return "csr";
  }
  return "";
}

/// What makes a case, and nothing else does: the same recipe gives the same bits everywhere. As
/// text, for instance "f32/normal(3)/4x10/labels/mean/seed=7", or with options
/// "f32/normal(3)/4x10/labels+weight+row_weight+ignore+smoothing=0.1+z_loss=0.5/mean/seed=7"; of
/// bands of weights and probabilities "f64/high(887)/1x3/probs=mixed+weight=large/none/seed=7".
struct Recipe {
  DType dtype = DType::f32;
  std::string family = "normal";  // a name of cases/families.def
  double scale = 1;               // the family's one parameter; ignored by data sets
  std::ptrdiff_t rows = 1;        // N
  std::ptrdiff_t classes = 2;     // C
  TargetKind targets = TargetKind::labels;
  Band probs = Band::ordinary;    // of the probabilities of probs and csr
  bool weighted = false;          // has class weights
  Band weights = Band::ordinary;  // of these
  bool row_weighted = false;      // has row weights
  bool ignoring = false;          // has an ignored label; only with labels
  Input input = Input::logits;    // what the family's logits are made into
  bool kl_divergence = false;     // only with soft targets, and without class weights
#define XENT_OPTION(name, word, ...) double word = 0;
  XENT_NUMBER_OPTIONS(XENT_OPTION)  // smoothing, z_loss, temperature, softcap, clip
#undef XENT_OPTION
  Reduction reduction = Reduction::none;
  std::uint64_t seed = 0;

  friend bool operator==(const Recipe&, const Recipe&) = default;
};

/// Text or a recipe that makes no case; the message names the faulty part and what is expected.
struct InvalidRecipe : std::invalid_argument {
  using std::invalid_argument::invalid_argument;
};

/// The options of its problem, but for the ignored label, which the seed decides.
Options options_of(const Recipe& recipe);

/// The recipe as text. A data set has no scale: its name stands alone. Options that it has not are
/// left out.
std::string to_string(const Recipe& recipe);

/// Its part that says what the targets are: "labels", "probs+weight+smoothing=0.1".
std::string targets_text(const Recipe& recipe);

/// The inverse of to_string. Throws InvalidRecipe.
Recipe parse_recipe(std::string_view id);

/// Sets family and scale by the recipe's part that says what the logits are: "normal(3)", or the
/// name of a data set. Throws InvalidRecipe.
void read_family(std::string_view text, Recipe& recipe);

/// Throws InvalidRecipe unless make_case can make it: a known family, a shape that the family has,
/// at most 2^30 logits, a scale >= 0 with which every finite logit is in the range of the dtype, a
/// band of probabilities only with probs or csr and one of weights only with weights, an ignored
/// label only with labels, a divergence only with soft targets of no class weights, each number
/// among the options 0 or in its range, and none that its input does not take.
void check_recipe(const Recipe& recipe);

/// A problem that owns its data, in row-major order.
template <class T>
struct Case {
  Recipe recipe;
  std::vector<T> logits;                          // [N, C]
  std::vector<std::int64_t> labels;               // [N] for labels, else empty
  std::vector<T> probs;                           // [N, C] for one_hot and probs, else empty
  CsrArrays<T> csr = {};                          // for csr, else empty
  std::vector<T> weight = {};                     // [C] for a weighted recipe, else empty
  std::vector<LossOf<T>> row_weight = {};         // [N] for a row-weighted recipe, else empty
  std::optional<std::int64_t> ignore_index = {};  // of an ignoring recipe

  /// Views into this case, which must stay where it is.
  Problem<T> problem() const;
};

/// The case of that recipe; recipe.dtype must be that of T. Its first rows are those of the recipe
/// with fewer rows, and neither targets, options nor reduction change the logits and the labels
/// behind the targets, but for the rows that are ignored. A data set gives the rows seed, seed + 1,
/// ... of the file, rounded to T, from its start again after its end. What the seed decides of the
/// options:
///   weight        mostly around 1, some 0, some between 2^-40 and 2^40 (2^-14 and 2^14 in f16);
///                 of a heavy family mostly between 1 and 2^64 (2^15 in f16); one case in eight
///                 has negative ones among them
///   row_weight    as the weight of a class
///   ignore_index  -100 or C, which are no classes, or a class. One row in three is given it as its
///                 label, and one in two of those that are ignored has a NaN or +inf logit
///   input         log-probabilities are -|x| and probabilities 1 / (1 + |x|) of the logits x; in
///                 one case of eight they are x as it is, in one |x|
///   csr           one row in eight is empty; else up to seven classes and the label, some with an
///                 explicit 0
/// Weights and probabilities of another band than ordinary are drawn from that; of the
/// probabilities one in three is 0, but for the label's.
/// Throws InvalidRecipe (see check_recipe), and FileError where a data set cannot be read.
template <class T>
Case<T> make_case(const Recipe& recipe);

/// A family of cases: cases/families.def lists them.
struct Family {
  std::string_view name;
  std::string_view summary;
  bool masked = false;   // holds logits of -inf
  bool special = false;  // holds NaN or +inf logits, or rows of -inf only
  bool data_set =
      false;  // real data of a fixed shape: recipes may take fewer rows, not other classes
  std::ptrdiff_t rows = 0;     // of the data set
  std::ptrdiff_t classes = 0;  // of the data set; for others, the one C that it has, or 0 for any
  /// No finite logit is larger in magnitude, given the scale: families are drawn inside a Domain by
  /// it.
  double (*magnitude)(double scale) = nullptr;
  double typical_scale = 1;
  bool hard = false;     // only hundreds of bits decide the errors of its losses
  bool heavy = false;    // weighted cases have large weights
  bool extreme = false;  // drawn where bands are joined, and nowhere else
  std::ptrdiff_t wide =
      0;  // needs many classes to show what it is for, up to so many; 0: any will do
};

/// In the order of cases/families.def.
std::vector<Family> families();

/// The family of that name, or nullptr.
const Family* find_family(std::string_view name);

/// Whether the case of the recipe surely lies in the domain. False for a family that is not known.
bool lies_within(const Recipe& recipe, const Domain& domain);

}  // namespace xent::cases
