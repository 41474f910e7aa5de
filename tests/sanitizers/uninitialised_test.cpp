// SPDX-License-Identifier: MIT
// For the memory sanitizer: no implementation computes with what was never written, and every
// output is written whole. Each form of targets, reduction, element type and instruction set, on
// numbers of rows and classes that fill vectors and leave some over.
#include <cstdint>
#include <cstdio>
#include <iterator>
#include <memory>
#include <string>
#include <vector>

#include <sanitizer/common_interface_defs.h>
#include <sanitizer/msan_interface.h>

#include <xent/implementation.hpp>

namespace {

using namespace xent;

/// What is computed, which the sanitizer's report is to name.
std::string computed;

void say_computed() { (void)std::fprintf(stderr, "computing %s\n", computed.c_str()); }

/// n elements that the sanitizer holds for unwritten.
template <class T>
class Unwritten {
 public:
  explicit Unwritten(std::ptrdiff_t n)
      : size_(static_cast<std::size_t>(n)), data_(std::make_unique<T[]>(size_)) {
    __msan_allocated_memory(data_.get(), size_ * sizeof(T));
  }
  T* data() const { return data_.get(); }
  std::ptrdiff_t size() const { return static_cast<std::ptrdiff_t>(size_); }
  void check() const { __msan_check_mem_is_initialized(data_.get(), size_ * sizeof(T)); }

 private:
  std::size_t size_;
  std::unique_ptr<T[]> data_;
};

template <class T>
struct Inputs {
  std::ptrdiff_t rows, classes;
  std::vector<T> logits, probs, weight;
  std::vector<std::int64_t> labels;
  std::vector<std::int64_t> offsets, places;
  std::vector<T> few;

  Inputs(std::ptrdiff_t n, std::ptrdiff_t c) : rows(n), classes(c) {
    for (std::ptrdiff_t k = 0; k < n * c; ++k) {
      logits.push_back(static_cast<T>(static_cast<float>(k * 37 % 101) / 8 - 6));
      probs.push_back(static_cast<T>(static_cast<float>(k % 5) / 8));
    }
    for (std::ptrdiff_t j = 0; j < c; ++j)
      weight.push_back(static_cast<T>(static_cast<float>(j % 7 + 1) / 4));
    offsets.push_back(0);
    for (std::ptrdiff_t i = 0; i < n; ++i) {
      labels.push_back(i * 11 % c);
      places.push_back(i % c);
      few.push_back(static_cast<T>(0.5F));
      offsets.push_back(i + 1);
    }
  }

  std::vector<Targets<T>> targets() const {
    return {Labels<std::int64_t>{labels.data(), rows},
            row_major<const T>(probs.data(), rows, classes),
            Csr<T>{{offsets.data(), rows + 1}, {places.data(), rows}, {few.data(), rows}}};
  }
};

template <class T>
void check(const Implementation& implementation, const Inputs<T>& in, const Problem<T>& problem) {
  computed = std::string(implementation.name) + ", elements of " + std::to_string(sizeof(T)) +
             " bytes, " + std::to_string(in.rows) + "x" + std::to_string(in.classes) +
             ", targets " + std::to_string(problem.targets.index()) + ", reduction " +
             std::to_string(static_cast<int>(problem.options.reduction)) + ", smoothing " +
             std::to_string(problem.options.label_smoothing) +
             (problem.weight.size > 0 ? ", weighted" : "");
  const Unwritten<LossOf<T>> loss(loss_size(problem.options.reduction, in.rows));
  const Unwritten<LossOf<T>> lse(in.rows);
  const Unwritten<T> grad(in.rows * in.classes);
  const Outputs<T> out{.loss = {loss.data(), loss.size()},
                       .grad = row_major<T>(grad.data(), in.rows, in.classes),
                       .lse = {lse.data(), in.rows}};
  implementation.contract<T>().kernel(problem, out);
  loss.check();
  lse.check();
  grad.check();
  const Unwritten<LossOf<T>> alone(loss.size());
  implementation.contract<T>().kernel(problem, {.loss = {alone.data(), alone.size()}});
  alone.check();
}

/// Each form of targets, with and without weights, meets each reduction on a third of the shapes.
template <class T>
void check_all(const Implementation& implementation) {
  std::size_t shape = 0;
  for (const std::ptrdiff_t rows : {1, 3, 17, 40})
    for (const std::ptrdiff_t classes : {1, 2, 3, 7, 10, 16, 17, 33, 64, 65, 100, 513, 4099}) {
      if (rows * classes > 20000) continue;
      const Inputs<T> in(rows, classes);
      ++shape;
      for (const Targets<T>& targets : in.targets())
        for (const bool with_weight : {false, true}) {
          const Reduction reduction = all_reductions[shape % std::size(all_reductions)];
          Problem<T> problem{.logits = row_major<const T>(in.logits.data(), rows, classes),
                             .targets = targets,
                             .options = {.reduction = reduction}};
          if (with_weight) problem.weight = {in.weight.data(), classes};
          check(implementation, in, problem);
          if (targets.index() != 0) continue;
          problem.options.label_smoothing = 0.125;
          problem.options.ignore_index = 0;
          check(implementation, in, problem);
        }
    }
}

}  // namespace

int main() {
  __sanitizer_set_death_callback(say_computed);
  (void)std::setvbuf(stdout, nullptr, _IOLBF, BUFSIZ);
  for (const std::string& target : instruction_sets()) {
    for (const Implementation* one : implementations()) {
      if (!one->dispatched && target != instruction_sets().front()) continue;
      std::printf("%s on %s\n", std::string(one->name).c_str(), target.c_str());
      const Implementation on_target =
          one->with({.instruction_set = find_instruction_set(target).value()});
      check_all<float>(on_target);
      check_all<double>(on_target);
      check_all<bf16>(on_target);
      check_all<f16>(on_target);
    }
  }
}
