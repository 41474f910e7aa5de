// SPDX-License-Identifier: MIT
// validate() refuses arrays that are not there and outputs that lie over another array or over
// themselves, and takes every legal layout.
#include <cstdint>
#include <functional>
#include <limits>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include <xent/validate.hpp>

#include "tests/support/expect_fault.hpp"

namespace {

using namespace xent;
using tests::expect_fault;

constexpr std::ptrdiff_t largest = std::numeric_limits<std::ptrdiff_t>::max();

/// A problem [4, 3] with all results, in one buffer of f32 that the tests lay out anew.
struct Laid {
  std::vector<float> buffer = std::vector<float>(200);
  std::vector<std::int64_t> labels = {0, 1, 2, 0};
  Problem<float> problem{.logits = row_major<const float>(buffer.data(), 4, 3),
                         .targets = Labels<std::int64_t>{labels.data(), 4},
                         .options = {.reduction = Reduction::none},
                         .weight = {buffer.data() + 20, 3}};
  Outputs<float> out{.loss = {buffer.data() + 30, 4},
                     .grad = row_major(buffer.data() + 40, 4, 3),
                     .lse = {buffer.data() + 60, 4}};

  void check() const { validate(AnyProblem(problem), AnyOutputs(out)); }
  float* at(std::ptrdiff_t k) { return buffer.data() + k; }
};

void refused(const std::string& fault, const std::function<void(Laid&)>& change) {
  Laid laid;
  change(laid);
  expect_fault<InvalidProblem>([&] { laid.check(); }, fault);
}

void taken(const std::string& what, const std::function<void(Laid&)>& change) {
  Laid laid;
  change(laid);
  try {
    laid.check();
  } catch (const InvalidProblem& fault) {
    ADD_FAILURE() << what + " is taken, not refused: " + fault.what();
  }
}

TEST(Validate, ArraysThatAreNotThere) {
  refused("logits: there are elements and no data",
          [](Laid& l) { l.problem.logits.data = nullptr; });
  refused("logits: a size is negative, -4", [](Laid& l) { l.problem.logits.rows = -4; });
  refused("logits: the inner size 0", [](Laid& l) { l.problem.logits.inner = 0; });
  refused("labels: there are elements", [](Laid& l) {
    l.problem.targets = Labels<std::int64_t>{nullptr, 4};
  });
  refused("labels: there are elements", [](Laid& l) {
    l.problem.targets = Labels<std::int32_t>{nullptr, 4};
  });
  refused("probabilities: there are elements",
          [](Laid& l) { l.problem.targets = row_major<const float>(nullptr, 4, 3); });
  refused("csr offsets: there are", [](Laid& l) {
    l.problem.targets = Csr<float>{{nullptr, 5}, {}, {}};
  });
  refused("csr classes: there are", [](Laid& l) {
    l.problem.targets = Csr<float>{{l.labels.data(), 4}, {nullptr, 2}, {l.at(100), 2}};
  });
  refused("csr probabilities: a size is negative, -2", [](Laid& l) {
    l.problem.targets = Csr<float>{{l.labels.data(), 4}, {l.labels.data(), 2}, {l.at(100), -2}};
  });
  refused("weight: there are elements", [](Laid& l) { l.problem.weight.data = nullptr; });
  refused("loss: there are elements", [](Laid& l) { l.out.loss.data = nullptr; });
  refused("gradient: there are elements", [](Laid& l) { l.out.grad.data = nullptr; });
  refused("log-sum-exp: there are elements", [](Laid& l) { l.out.lse.data = nullptr; });
  for (const std::ptrdiff_t stride : {largest, largest / 8, -largest, largest / 16})
    refused("past the end of memory", [&](Laid& l) { l.problem.logits.row_stride = stride; });
  refused("past the end of memory", [](Laid& l) { l.problem.weight.stride = -largest / 64; });
}

TEST(Validate, OutputsOverOthers) {
  refused("loss: two elements of this output", [](Laid& l) { l.out.loss.stride = 0; });
  refused("log-sum-exp: two elements", [](Laid& l) { l.out.lse.stride = 0; });
  refused("gradient: two elements", [](Laid& l) { l.out.grad.row_stride = 2; });
  refused("gradient: two elements", [](Laid& l) { l.out.grad.row_stride = -1; });
  refused("gradient: two elements", [](Laid& l) { l.out.grad.col_stride = 0; });
  refused("loss: this output lies over the logits", [](Laid& l) { l.out.loss.data = l.at(8); });
  refused("loss: this output lies over the labels",
          [](Laid& l) { l.out.loss.data = reinterpret_cast<float*>(l.labels.data()) + 5; });
  refused("log-sum-exp: this output lies over the loss", [](Laid& l) { l.out.lse = l.out.loss; });
  refused("log-sum-exp: this output lies over the gradient",
          [](Laid& l) { l.out.lse.data = l.at(48); });
  refused("gradient: this output lies over the weight",
          [](Laid& l) { l.out.grad.data = l.at(12); });
  refused("gradient: this output lies over the loss", [](Laid& l) {
    l.out.grad.data = l.at(20 + 2);
    l.problem.weight = {};
  });
  refused("gradient: this output lies over the logits", [](Laid& l) { l.out.grad.data = l.at(1); });
  refused("gradient: this output lies over the logits", [](Laid& l) {  // their transpose
    l.problem.logits.cols = l.out.grad.cols = 4;
    l.problem.weight = {};
    l.out.grad = {.data = l.at(0), .rows = 4, .cols = 4, .row_stride = 1, .col_stride = 4};
    l.problem.logits.row_stride = 4;
  });
  refused("gradient: this output lies over the probabilities",
          [](Laid& l) { l.problem.targets = row_major<const float>(l.at(40), 4, 3); });
  refused("gradient: two elements", [](Laid& l) {  // in place, but broadcast
    l.problem.logits.row_stride = 0;
    l.out.grad = {.data = l.at(0), .rows = 4, .cols = 3, .row_stride = 0};
  });
}

TEST(Validate, LegalLayouts) {
  taken("one array after another", [](Laid&) {});
  taken("a gradient in place", [](Laid& l) { l.out.grad.data = l.at(0); });
  taken("an unused stride", [](Laid& l) {
    l.problem.logits.rows = l.out.grad.rows = l.out.loss.size = l.out.lse.size = 1;
    l.problem.targets = Labels<std::int64_t>{l.labels.data(), 1};
    l.out.grad = {.data = l.at(0), .rows = 1, .cols = 3, .row_stride = 77};
    l.out.loss.stride = l.out.lse.stride = 0;
  });
  taken("no rows and no data", [](Laid& l) {
    l.problem.logits = {.data = nullptr, .rows = 0, .cols = 3};
    l.problem.targets = Labels<std::int64_t>{};
    l.out = {};
  });
  taken("inputs over each other", [](Laid& l) { l.problem.weight.data = l.at(0); });
  taken("inputs that are broadcast",
        [](Laid& l) { l.problem.logits.row_stride = l.problem.weight.stride = 0; });
  taken("logits, gradient and losses side by side in each row", [](Laid& l) {
    l.problem.logits = {.data = l.at(100), .rows = 4, .cols = 3, .row_stride = 8};
    l.out.grad = {.data = l.at(103), .rows = 4, .cols = 3, .row_stride = 8};
    l.out.loss = {l.at(106), 4, 8};
    l.out.lse = {l.at(107), 4, 8};
  });
  taken("logits and gradient interleaved, the one backwards", [](Laid& l) {
    l.problem.logits = {.data = l.at(100), .rows = 4, .cols = 3, .row_stride = 6, .col_stride = 2};
    l.out.grad = {.data = l.at(123), .rows = 4, .cols = 3, .row_stride = -6, .col_stride = -2};
  });
  taken("classes on axis 1 of three", [](Laid& l) {
    l.problem.logits = {.data = l.at(100),
                        .rows = 4,
                        .cols = 3,
                        .row_stride = 12,
                        .col_stride = 2,
                        .inner = 2,
                        .inner_stride = 1};
    l.out.grad = {.data = l.at(106),
                  .rows = 4,
                  .cols = 3,
                  .row_stride = 12,
                  .col_stride = 2,
                  .inner = 2,
                  .inner_stride = 1};
  });
}

}  // namespace
