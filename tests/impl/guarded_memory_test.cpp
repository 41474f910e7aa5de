// SPDX-License-Identifier: MIT
// No implementation touches memory before or behind its arrays: logits, probabilities and gradients
// between pages that may not be read, at the one end or at the other, on every instruction set.
// Sanitizers do not see masked loads and stores.
#include <csignal>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <sys/mman.h>
#include <unistd.h>

#include <xent/implementation.hpp>

#include "properties/dispatch.hpp"

namespace {

using namespace xent;

enum class End { front, back };

/// n elements that begin or end at a page that may not be touched.
template <class T>
class GuardedArray {
 public:
  GuardedArray(std::ptrdiff_t n, End end)
      : page_(static_cast<std::size_t>(::sysconf(_SC_PAGESIZE))),
        bytes_((static_cast<std::size_t>(n) * sizeof(T) + page_ - 1) / page_ * page_),
        base_(::mmap(nullptr, bytes_ + 2 * page_, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)),
        size_(n) {
    auto* inside = static_cast<char*>(base_) + page_;
    EXPECT_TRUE(base_ != MAP_FAILED && ::mprotect(inside, bytes_, PROT_READ | PROT_WRITE) == 0)
        << "there is memory between guards";
    data_ = end == End::front ? reinterpret_cast<T*>(inside)
                              : reinterpret_cast<T*>(inside + bytes_) - n;
  }
  ~GuardedArray() { (void)::munmap(base_, bytes_ + 2 * page_); }
  GuardedArray(const GuardedArray&) = delete;
  GuardedArray& operator=(const GuardedArray&) = delete;

  T* data() const { return data_; }
  std::span<T> elements() const { return {data_, static_cast<std::size_t>(size_)}; }

 private:
  std::size_t page_, bytes_;
  void* base_;
  std::ptrdiff_t size_;
  T* data_ = nullptr;
};

std::string current;  // what the handler reports

extern "C" void report_fault(int) {
  constexpr char text[] = ": memory beside an array is touched\n";
  const bool is_told = ::write(STDERR_FILENO, current.data(), current.size()) > 0 &&
                       ::write(STDERR_FILENO, text, sizeof text - 1) > 0;
  ::_exit(is_told ? 1 : 2);
}

template <class T>
void check(const Implementation& implementation, std::ptrdiff_t classes, End end,
           const std::string& target) {
  constexpr std::ptrdiff_t rows = 3;
  const std::ptrdiff_t n = rows * classes;
  current = fmt::format("{} {} on {}, {} classes, {}", implementation.name, to_string(dtype_of<T>),
                        target, classes, end == End::front ? "front" : "back");
  const GuardedArray<T> x(n, end);
  const GuardedArray<T> q(n, end);
  const GuardedArray<T> g(n, end);
  for (std::ptrdiff_t j = 0; j < n; ++j) {
    x.data()[j] = static_cast<T>(static_cast<float>(j % 13) / 4);
    q.data()[j] = static_cast<T>(static_cast<float>(j % 3) / 4);
  }
  const std::vector<std::int64_t> labels(rows, classes - 1);
  const auto logits = row_major<const T>(x.data(), rows, classes);
  std::vector<LossOf<T>> loss(rows);
  const Outputs<T> out{.loss = {loss.data(), rows}, .grad = row_major<T>(g.data(), rows, classes)};
  const Options options{.reduction = Reduction::none};
  const auto& kernel = implementation.contract<T>().kernel;
  const Problem<T> hard{
      .logits = logits, .targets = Labels<std::int64_t>{labels.data(), rows}, .options = options};
  kernel(hard, {.loss = out.loss});
  kernel(hard, out);
  const Probs<T> probs = row_major<const T>(q.data(), rows, classes);
  kernel({.logits = logits, .targets = probs, .options = options}, out);
  for (const T component : g.elements())
    if (!(static_cast<float>(component) <= 1)) ADD_FAILURE() << current + ": a gradient";
}

void check_all(const Implementation& implementation, const std::string& target) {
  for (const std::ptrdiff_t classes : {1, 2, 3, 7, 10, 16, 17, 64, 65, 100, 513, 1000, 1027, 4099})
    for (const End end : {End::front, End::back}) {
      check<float>(implementation, classes, end, target);
      check<double>(implementation, classes, end, target);
      check<bf16>(implementation, classes, end, target);
      check<f16>(implementation, classes, end, target);
    }
}

TEST(GuardedMemory, NothingOutsideIsTouched) {
  std::signal(SIGSEGV, report_fault);
  for (const std::string& target : instruction_sets()) {
    for (const Implementation* one : implementations())
      if (one->dispatched || target == instruction_sets().front())
        check_all(properties::on_instruction_set(*one, target), target);
  }
}

}  // namespace
