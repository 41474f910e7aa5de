// SPDX-License-Identifier: MIT
// The program takes every tensor of a problem, and results to judge, from one .npz file, and from
// the shards of a model; csr too.
#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "tests/support/npy_bytes.hpp"
#include "tests/support/program.hpp"
#include "tests/tensors/npz/zip_bytes.hpp"
#include "tests/verbs/typed_npy.hpp"

namespace {

using namespace xent;
using namespace xent::tests;

/// A member that is compressed; `descr` is of T in either byte order.
template <class T>
Zipped member(const std::string& name, const std::string& descr, const std::string& shape,
              const std::vector<T>& values) {
  std::string data(reinterpret_cast<const char*>(values.data()), values.size() * sizeof(T));
  for (auto at = data.begin(); descr.starts_with('>') && at != data.end(); at += sizeof(T))
    std::reverse(at, at + sizeof(T));
  const std::string header =
      fmt::format("{{'descr': '{}', 'fortran_order': False, 'shape': {}}}", descr, shape);
  return {.name = name + ".npy", .content = npy(header, data), .deflated = true};
}

const std::vector<float> x = {30, 0, 0, 1, 2, 3};

TEST(Archives, OneFileHasTheProblemAndItsResults) {
  const Program xent;
  const std::string path = xent.file("batch.npz");
  write_bytes(path, zip({member<float>("logits", ">f4", "(2, 3)", x),
                         member<std::uint8_t>("labels", "|u1", "(2,)", {0, 2}),
                         member<float>("weight", "<f4", "(3,)", {1, 2, 4}),
                         member<std::int16_t>("one_hot", ">i2", "(2, 3)", {1, 0, 0, 0, 0, 1}),
                         member<std::int64_t>("q.indptr", "<i8", "(3,)", {0, 1, 2}),
                         member<std::int32_t>("q.indices", "<i4", "(2,)", {0, 2}),
                         member<std::int8_t>("q.data", "|i1", "(2,)", {1, 1}),
                         member<double>("loss", ">f8", "(2,)", {1.8715e-13, 1.63})}));
  const std::string eval = fmt::format(
      "eval --impl reference --reduction none --logits {0}:logits --weight {0}:weight ", path);
  const Ran losses = xent.run(eval + fmt::format("--labels {}:labels", path));
  EXPECT_EQ(losses.text, "1.8715246e-13\n1.6304239\n");
  EXPECT_EQ(xent.run(eval + fmt::format("--probs {}:one_hot", path)).text, losses.text);
  EXPECT_EQ(xent.run(eval + fmt::format("--csr {}:q", path)).text, losses.text);
  expect_refused(xent.run(fmt::format(
                     "eval --impl simd --logits {0}:logits --csr {0}:q --class-axis 0", path)),
                 "batch.npz:q: csr offsets have 3 elements, not the 3 rows of the logits and 1; "
                 "--class-axis 1 "
                 "would fit");
  const auto judged = xent.json(fmt::format(
      "audit --logits {0}:logits --labels {0}:labels --weight {0}:weight --loss {0}:loss", path));
  EXPECT_EQ(judged["loss"]["count"], 2) << "results are judged";
}

TEST(Archives, ShardsHaveTheProblem) {
  const Program xent;
  (void)xent.write<float>("one.safetensors:logits", {2, 3}, x);
  (void)xent.write<float>("two.safetensors:probs", {2, 3}, {1, 0, 0, 0, 0, 1});
  const std::string index = xent.file("model.safetensors.index.json");
  write_bytes(index, R"({"weight_map":{"logits":"one.safetensors","probs":"two.safetensors"}})");
  EXPECT_EQ(xent.run(fmt::format("eval --impl reference --reduction none --logits {0}:logits "
                                 "--probs {0}:probs",
                                 index))
                .text,
            "1.8715246e-13\n0.40760598\n");
}

}  // namespace
