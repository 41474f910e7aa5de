// SPDX-License-Identifier: MIT
// Whatever is wrong with a call is refused with a status, the field and a line, and nothing is
// written.
#include <array>
#include <cfenv>
#include <functional>
#include <limits>
#include <string>

#include <gtest/gtest.h>
#include <xent_verify.h>

#include "tests/library/simple_call.hpp"

namespace {

using xent::tests::SimpleCall;

/// Expects that the change of a good call is refused.
void refused(const std::string& field, const std::string& part,
             const std::function<void(SimpleCall&)>& change, xent_status wanted = XENT_INVALID) {
  SimpleCall call;
  change(call);
  xent_error error{};
  const xent_status status =
      xent_compute(call.implementation, call.given, call.results_given, &call.execution, &error);
  const std::string message = error.message;
  EXPECT_EQ(status, wanted) << field << ": " << message;
  EXPECT_EQ(error.field, field) << message;
  EXPECT_NE(message.find(part), std::string::npos) << message << "\ndoes not hold: " << part;
  EXPECT_EQ(message.find('\n'), std::string::npos) << message;
  EXPECT_EQ(call.loss, -77) << field << ": nothing is written";
  EXPECT_EQ(
      xent_compute(call.implementation, call.given, call.results_given, &call.execution, nullptr),
      wanted)
      << "an error may be null";
}

TEST(LibraryBadInput, TheGoodCallIsTaken) {
  SimpleCall call;
  xent_error error{"untouched", "untouched"};
  EXPECT_EQ(xent_compute(call.implementation, &call.problem, &call.results, nullptr, &error),
            XENT_OK);
  EXPECT_EQ(std::string(error.field) + error.message, "untoucheduntouched");
  EXPECT_NE(call.loss, -77);
}

TEST(LibraryBadInput, ArgumentsThatAreNotThere) {
  refused("implementation", "is null", [](SimpleCall& c) { c.implementation = nullptr; });
  refused("implementation", "no implementation of this library", [](SimpleCall& c) {
    c.implementation = reinterpret_cast<const xent_implementation*>(&c);
  });
  refused("problem", "is null", [](SimpleCall& c) { c.given = nullptr; });
  refused("results", "is null", [](SimpleCall& c) { c.results_given = nullptr; });
  refused("logits", "is null", [](SimpleCall& c) { c.problem.logits = nullptr; });
  refused("loss", "is null", [](SimpleCall& c) { c.results.loss = nullptr; });
  SimpleCall call;
  xent_error error{};
  EXPECT_EQ(xent_compute_by(nullptr, &call.problem, &call.results, nullptr, &error), XENT_INVALID);
  EXPECT_EQ(std::string(error.field), "name");
  EXPECT_EQ(xent_compute_by("fast", &call.problem, &call.results, nullptr, &error), XENT_INVALID);
  EXPECT_EQ(std::string(error.message), "there is no implementation \"fast\"");
}

TEST(LibraryBadInput, SizesOfStructs) {
  refused("problem.size", "0 is the size of no version", [](SimpleCall& c) { c.problem.size = 0; });
  refused("problem.size", "8 is the size", [](SimpleCall& c) { c.problem.size = 8; });
  refused("problem.size", "is the size of no version", [](SimpleCall& c) { --c.problem.size; });
  refused("results.size", "0 is", [](SimpleCall& c) { c.results.size = 0; });
  refused("execution.size", "0 is", [](SimpleCall& c) { c.execution.size = 0; });
}

TEST(LibraryBadInput, Tensors) {
  refused("logits", "device of type 2", [](SimpleCall& c) { c.x.device.device_type = kDLCUDA; });
  refused("logits", "4 lanes", [](SimpleCall& c) { c.x.dtype = {kDLFloat, 16, 4}; });
  refused("logits", "int32; it may have those of float32, float64, bfloat16, float16",
          [](SimpleCall& c) {
            c.x.dtype = {kDLInt, 32, 1};
          });
  refused("logits", "code 17 of 8", [](SimpleCall& c) { c.x.dtype = {17, 8, 1}; });
  refused("logits", "4 bits", [](SimpleCall& c) { c.x.dtype = {kDLFloat, 4, 1}; });
  refused("logits", "has -1 axes", [](SimpleCall& c) { c.x.ndim = -1; });
  refused("logits", "has 65 axes", [](SimpleCall& c) { c.x.ndim = 65; });
  refused("logits", "no axes", [](SimpleCall& c) { c.x.ndim = 0; });
  refused("logits", "no shape", [](SimpleCall& c) { c.x.shape = nullptr; });
  refused("logits", "axis 0 is negative, -2", [](SimpleCall& c) { c.shape[0] = -2; });
  refused("logits", "no classes", [](SimpleCall& c) { c.shape[1] = 0; });
  refused("logits", "there are elements and no data", [](SimpleCall& c) { c.x.data = nullptr; });
  refused("logits", "more elements than can be counted", [](SimpleCall& c) {
    c.shape = {std::int64_t{1} << 40, std::int64_t{1} << 40};
  });
  refused("logits", "past the end of memory", [](SimpleCall& c) {
    c.x.strides = c.strides.data();
    c.strides = {std::int64_t{1} << 61, 1};
  });
  refused("logits", "past the end of memory", [](SimpleCall& c) { c.x.byte_offset = ~7ULL; });
  refused("labels", "float32, not of int64 or int32", [](SimpleCall& c) {
    c.y.dtype = {kDLFloat, 32, 1};
  });
  refused("labels", "[3], not [2]", [](SimpleCall& c) { c.rows_of_labels[0] = 3; });
  refused("labels", "label 3 of row 1 is not in [0, 3)", [](SimpleCall& c) { c.labels[1] = 3; });
  refused("labels", "label -100 of row 0", [](SimpleCall& c) { c.labels[0] = -100; });
  refused("weight", "float64, not of float32", [](SimpleCall& c) {
    c.w.dtype = {kDLFloat, 64, 1};
    c.problem.weight = &c.w;
  });
  refused("weight", "[2], not [3]", [](SimpleCall& c) {
    c.w.shape = c.rows_of_labels.data();
    c.problem.weight = &c.w;
  });
  refused("row_weight", "[3], not [2]", [](SimpleCall& c) { c.problem.row_weight = &c.w; });
}

TEST(LibraryBadInput, Targets) {
  refused("labels", "no targets", [](SimpleCall& c) { c.problem.labels = nullptr; });
  refused("probs", "beside labels", [](SimpleCall& c) { c.problem.probs = &c.x; });
  refused("csr_offsets", "beside labels", [](SimpleCall& c) { c.problem.csr_probs = &c.w; });
  const auto csr = [](SimpleCall& c) {
    c.problem.labels = nullptr;
    c.problem.csr_offsets = &c.offsets;
    c.problem.csr_classes = &c.classes;
    c.problem.csr_probs = &c.w;
  };
  SimpleCall good;
  csr(good);
  EXPECT_EQ(xent_compute(good.implementation, &good.problem, &good.results, nullptr, nullptr),
            XENT_OK);
  const auto refused_csr = [&](const std::string& field, const std::string& part,
                               const std::function<void(SimpleCall&)>& change) {
    refused(field, part, [&](SimpleCall& c) {
      csr(c);
      change(c);
    });
  };
  refused_csr("csr_classes", "is null", [](SimpleCall& c) { c.problem.csr_classes = nullptr; });
  refused_csr("csr_offsets", "0 to 3", [](SimpleCall& c) { c.offset_values[2] = 2; });
  refused_csr("csr_offsets", "descends at row 0", [](SimpleCall& c) {
    c.offset_values = {0, 4, 3};
  });
  refused_csr("csr_classes", "label 9", [](SimpleCall& c) { c.class_values[1] = 9; });
  refused_csr("csr_classes", "do not ascend", [](SimpleCall& c) { c.class_values = {1, 0, 2}; });
  refused_csr("csr_probs", "int64", [](SimpleCall& c) { c.w.dtype = {kDLInt, 64, 1}; });
  refused("probs", "[3], not [2, 3]", [](SimpleCall& c) {
    c.problem.labels = nullptr;
    c.problem.probs = &c.w;
  });
}

TEST(LibraryBadInput, Options) {
  constexpr double nan = std::numeric_limits<double>::quiet_NaN();
  refused("class_axis", "2 is no axis", [](SimpleCall& c) { c.problem.class_axis = 2; });
  refused("class_axis", "-3 is no axis", [](SimpleCall& c) { c.problem.class_axis = -3; });
  refused("reduction", "7 is none", [](SimpleCall& c) { c.problem.reduction = 7; });
  refused("input", "-1 is none", [](SimpleCall& c) { c.problem.input = -1; });
  refused("reserved", "not 0", [](SimpleCall& c) { c.problem.reserved = 1; });
  refused("label_smoothing", "nan", [&](SimpleCall& c) { c.problem.label_smoothing = nan; });
  refused("label_smoothing", "not in [0, 1]", [](SimpleCall& c) { c.problem.label_smoothing = 2; });
  refused("z_loss", "not in [0, 0.5", [](SimpleCall& c) { c.problem.z_loss = -1; });
  refused("temperature", "not in", [](SimpleCall& c) { c.problem.temperature = 1e-9; });
  refused("softcap", "nan", [&](SimpleCall& c) { c.problem.softcap = nan; });
  refused("clip", "needs an input of probs", [](SimpleCall& c) { c.problem.clip = 0.125; });
  refused("temperature", "needs an input of logits", [](SimpleCall& c) {
    c.problem.input = XENT_INPUT_LOG_PROBS;
    c.problem.temperature = 2;
  });
  refused("kl_divergence", "not labels", [](SimpleCall& c) { c.problem.kl_divergence = 1; });
  refused("has_ignore_index", "needs labels", [](SimpleCall& c) {
    c.problem.labels = nullptr;
    c.problem.probs = &c.x;
    c.problem.has_ignore_index = 1;
  });
}

TEST(LibraryBadInput, Results) {
  refused("loss", "float64, not of float32", [](SimpleCall& c) { c.l.dtype = {kDLFloat, 64, 1}; });
  refused("loss", "one number", [](SimpleCall& c) { c.l.shape = c.rows_of_labels.data(); });
  refused("loss", "[1], not [2]", [](SimpleCall& c) { c.problem.reduction = XENT_REDUCTION_NONE; });
  refused("grad", "[3], not [2, 3]", [](SimpleCall& c) { c.results.grad = &c.w; });
  refused("lse", "needs an input of logits", [](SimpleCall& c) {
    c.problem.input = XENT_INPUT_LOG_PROBS;
    c.e.data = c.other.data();
    c.results.lse = &c.e;
  });
  refused("loss", "shares memory with logits", [](SimpleCall& c) { c.l.data = c.logits.data(); });
  refused("grad", "shares memory with logits", [](SimpleCall& c) {
    c.g.data = c.logits.data() + 1;
    c.results.grad = &c.g;
  });
  refused("grad", "shares memory with loss", [](SimpleCall& c) {
    c.l.data = c.other.data() + 2;
    c.results.grad = &c.g;
  });
  refused("grad", "two elements of this output", [](SimpleCall& c) {
    c.g.strides = c.strides.data();
    c.strides = {0, 1};
    c.results.grad = &c.g;
  });
}

TEST(LibraryBadInput, Execution) {
  refused("threads", "-1 is not from 0", [](SimpleCall& c) { c.execution.threads = -1; });
  refused("threads", "1025", [](SimpleCall& c) { c.execution.threads = 1025; });
  refused("instruction_set", "empty", [](SimpleCall& c) { c.execution.instruction_set = ""; });
  refused(
      "instruction_set", "\"MMX\" is none",
      [](SimpleCall& c) { c.execution.instruction_set = "MMX"; }, XENT_UNSUPPORTED);
  ASSERT_EQ(std::fesetround(FE_UPWARD), 0);
  refused("", "rounding is not to nearest", [](SimpleCall&) {});
  std::fesetround(FE_TONEAREST);
}

TEST(LibraryBadInput, Audits) {
  SimpleCall call;
  xent_error error{};
  const auto audit = [&](const xent_results* results, const xent_implementation* bounds_of,
                         xent_audit_report* report) {
    const xent_status status =
        xent_audit(&call.problem, results, bounds_of, nullptr, report, &error);
    return std::to_string(status) + " " + error.field;
  };
  xent_audit_report report{};
  EXPECT_EQ(audit(&call.results, nullptr, nullptr), "1 report");
  EXPECT_EQ(audit(&call.results, nullptr, &report), "1 report.size");
  report.size = sizeof report;
  EXPECT_EQ(audit(nullptr, nullptr, &report), "1 results");
  EXPECT_EQ(audit(&call.results, reinterpret_cast<const xent_implementation*>(&call), &report),
            "1 bounds_of");
  call.results.loss = nullptr;
  EXPECT_EQ(audit(&call.results, nullptr, &report), "1 results");
}

}  // namespace
