// SPDX-License-Identifier: MIT
// More logits than 32 bits count: a row of 2^31 + 7 classes, and a batch of more than 2^32 logits,
// bf16, in memory that is mapped and never written, of which there is none: but for a few logits
// every one is 0, so that the losses are known in closed form.
// Arguments: implementations; without any, all that take such a row. The slow ones need 20 s each.
#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <sys/mman.h>
#include <sys/resource.h>

#include <xent/implementation.hpp>
#include <xent/validate.hpp>

#include "tests/support/long_run.hpp"

namespace {

using namespace xent;

/// Zeros that take memory only where they are written.
class SparseZeros {
 public:
  explicit SparseZeros(std::ptrdiff_t elements)
      : bytes_(static_cast<std::size_t>(elements) * sizeof(bf16)),
        data_(::mmap(nullptr, bytes_, PROT_READ | PROT_WRITE,
                     MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0)) {
    // a huge page that is read may be made of memory
    if (exists()) (void)::madvise(data_, bytes_, MADV_NOHUGEPAGE);
  }
  ~SparseZeros() {
    if (exists()) (void)::munmap(data_, bytes_);
  }
  SparseZeros(const SparseZeros&) = delete;
  SparseZeros& operator=(const SparseZeros&) = delete;

  bool exists() const { return data_ != MAP_FAILED; }
  bf16* data() const { return static_cast<bf16*>(data_); }

 private:
  std::size_t bytes_;
  void* data_;
};

/// In MB.
long peak_memory() {
  rusage usage = {};
  (void)::getrusage(RUSAGE_SELF, &usage);
  return usage.ru_maxrss / 1024;
}

/// Of a row of zeros but for its maximum m and the label's logit.
double loss_of(double m, double x_y, std::ptrdiff_t classes) {
  const auto zeros = static_cast<double>(classes - 2);
  return m - x_y + std::log1p(zeros * std::exp(-m) + std::exp(x_y - m));
}

void expect_loss(const Contract<bf16>& contract, const Problem<bf16>& problem,
                 const std::vector<double>& expected, const std::string& name) {
  const auto start = std::chrono::steady_clock::now();
  std::vector<float> loss(expected.size(), -1);
  std::vector<float> lse(expected.size(), -1);
  const std::ptrdiff_t rows = std::ssize(expected);
  const Outputs<bf16> out{.loss = {loss.data(), rows}, .lse = {lse.data(), rows}};
  validate(contract, problem, out);
  contract.kernel(problem, out);
  for (std::size_t i = 0; i < expected.size(); ++i) {
    const auto got = static_cast<double>(loss[i]);
    EXPECT_LE(std::fabs(got - expected[i]), 3 * 0x1p-24 * expected[i])
        << fmt::format("{}, row {}: {}, not {}", name, i, got, expected[i]);
  }
  const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - start;
  fmt::print("{}: {} x {}, loss {} to {}, {:.1f} s\n", name, problem.logits.rows,
             problem.logits.cols, loss.front(), loss.back(), seconds.count());
}

/// The maximum and the label are beyond 2^31.
void a_long_row(const Implementation& implementation) {
  constexpr std::ptrdiff_t classes = (std::ptrdiff_t{1} << 31) + 7;
  const SparseZeros logits(classes);
  if (!logits.exists()) return ADD_FAILURE() << "a row of 2^31 + 7 logits can be mapped";
  logits.data()[classes - 4] = bf16{24};
  logits.data()[classes - 2] = bf16{3};
  const std::int64_t label = classes - 2;
  expect_loss(implementation.contract<bf16>(),
              {.logits = row_major<const bf16>(logits.data(), 1, classes),
               .targets = Labels<std::int64_t>{&label, 1},
               .options = {.reduction = Reduction::none}},
              {loss_of(24, 3, classes)}, std::string(implementation.name));
}

/// The last row begins beyond 2^32.
void many_rows(const Implementation& implementation) {
  constexpr std::ptrdiff_t rows = (std::ptrdiff_t{1} << 16) + 3;
  constexpr std::ptrdiff_t classes = (std::ptrdiff_t{1} << 16) + 1;
  static_assert((rows - 1) * classes > std::ptrdiff_t{1} << 32);
  const SparseZeros logits(rows * classes);
  if (!logits.exists()) return ADD_FAILURE() << "2^32 logits can be mapped";
  const MatrixView<bf16> x = row_major(logits.data(), rows, classes);
  std::vector<std::int64_t> labels(rows, 0);
  std::vector<double> expected(rows, loss_of(0, 0, classes));
  for (const std::ptrdiff_t i : {std::ptrdiff_t{0}, rows / 2, rows - 1}) {
    x(i, classes - 1) = bf16{20};
    labels[static_cast<std::size_t>(i)] = i == rows / 2 ? 0 : classes - 1;
    expected[static_cast<std::size_t>(i)] = loss_of(20, i == rows / 2 ? 0 : 20, classes);
  }
  expected.front() = expected.back() = std::log1p(static_cast<double>(classes - 1) * std::exp(-20));
  expect_loss(implementation.contract<bf16>(),
              {.logits = row_major<const bf16>(logits.data(), rows, classes),
               .targets = Labels<std::int64_t>{labels.data(), rows},
               .options = {.reduction = Reduction::none}},
              expected, std::string(implementation.name));
}

/// Returns the implementations whose bounds hold for 2^26 classes at least: they are right for
/// these rows too.
std::vector<const Implementation*> of_long_rows(const std::vector<std::string_view>& names) {
  std::vector<const Implementation*> chosen;
  for (const Implementation* one : implementations())
    if (one->contract<bf16>().domain.max_classes >= std::ptrdiff_t{1} << 26 &&
        (names.empty() || std::ranges::find(names, one->name) != names.end()))
      chosen.push_back(one);
  return chosen;
}

/// Tells whether pages that are read and never written take memory, as where the kernel has no page
/// of zeros that they share (its parameter pvm_no_zero_page is one cause).
bool takes_memory_to_read() {
  constexpr std::ptrdiff_t elements = std::ptrdiff_t{1} << 26;  // 128 MiB
  const SparseZeros zeros(elements);
  if (!zeros.exists()) return false;
  const long before = peak_memory();
  float sum = 0;
  for (std::ptrdiff_t j = 0; j < elements; j += 1024) sum += static_cast<float>(zeros.data()[j]);
  EXPECT_EQ(sum, 0);
  return peak_memory() - before >= 64;
}

TEST(LargeProblem, TakesLittleMemory) {
  if (takes_memory_to_read())
    GTEST_SKIP() << "this kernel gives memory to pages that are only read";
  const long before = peak_memory();
  const std::vector<std::string_view> names =
      tests::is_long_run() ? std::vector<std::string_view>{}
                           : std::vector<std::string_view>{"simd", "faithful"};
  const auto chosen = of_long_rows(names);
  ASSERT_GE(chosen.size(), std::max<std::size_t>(names.size(), 1))
      << "each implementation that is named takes a row of 2^31 + 7 classes";
  for (const Implementation* implementation : chosen) a_long_row(*implementation);
  many_rows(*find_implementation("simd"));  // the others would take a minute
  const long grown = peak_memory() - before;
  EXPECT_LT(grown, 64) << fmt::format("{} MB of memory were taken", grown);
  fmt::print("memory: {} MB\n", grown);
}

}  // namespace
