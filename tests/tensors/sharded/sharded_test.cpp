// SPDX-License-Identifier: MIT
// Tensors of a model in several files are found by its index; each fault names the index or the
// shard.
#include "tensors/sharded/sharded.hpp"

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "system/output_file.hpp"
#include "tensors/input_file.hpp"
#include "tensors/tensor_file.hpp"
#include "tests/support/expect_fault.hpp"
#include "tests/support/npy_bytes.hpp"
#include "tests/tensors/safetensors/safetensors_bytes.hpp"

namespace {

using namespace xent::tensors;
using namespace xent::tests;
using namespace std::string_literals;
using xent::FileError;

/// An index, as transformers writes it.
const std::string index_text = R"({
  "metadata": {"total_size": 8, "more": [{"weight_map": {"x": 1}}, [[]]]},
  "weight_map": {
    "x": "model-00001-of-00002.safetensors",
    "sub/y": "shards/model-00002-of-00002.safetensors",
    "z": "model-00003-of-00002.safetensors"
  }
})";

/// A folder with that index and two shards, each of "x", which is "abcd" and "efgh".
struct Model {
  Folder folder;
  std::string index = folder.path + "/model.safetensors.index.json";

  Model() {
    std::filesystem::create_directory(folder.path + "/shards");
    write_bytes(index, index_text);
    write_bytes(folder.path + "/model-00001-of-00002.safetensors", safetensors(one_F32, "abcd"));
    write_bytes(
        folder.path + "/shards/model-00002-of-00002.safetensors",
        safetensors(R"({"sub/y":{"dtype":"I32","shape":[1],"data_offsets":[0,4]}})", "efgh"));
  }
};

TEST(Sharded, TensorsAreFoundByTheIndex) {
  const Model model;
  EXPECT_EQ(read_tensor(model.index + ":x").element(), Tensor::Element::f32);
  EXPECT_EQ(read_tensor(model.index + ":sub/y").element(), Tensor::Element::i32);
  const Shard shard = find_shard_of(model.index, "sub/y");
  EXPECT_EQ(shard.path, model.folder.path + "/shards/model-00002-of-00002.safetensors");
  const std::string one = model.folder.path + "/One.SafeTensors.Index.json";
  write_bytes(one, R"({"weight_map":{"x":"model-00001-of-00002.safetensors"}})");
  EXPECT_EQ(read_tensor(one).size(), 1) << "the only one needs no name";
  EXPECT_EQ(parse_place(one).format->named->only_tensor(one), "x");
  EXPECT_EQ(parse_place(one).format->named->only_tensor(model.index), std::nullopt);
  const std::filesystem::path before = std::filesystem::current_path();
  std::filesystem::current_path(model.folder.path);
  EXPECT_EQ(read_tensor("model.safetensors.index.json:x").size(), 1) << "wherever it lies";
  std::filesystem::current_path(before);
}

TEST(Sharded, FaultsNameTheirFile) {
  const Model model;
  const auto fault = [&](const std::string& name, const std::string& part) {
    expect_fault<FileError>([&] { read_tensor(model.index + name); }, part);
  };
  fault(":a", model.index + ": no tensor 'a'; there are 'x', 'sub/y', 'z'");
  fault("", model.index + ": which tensor is not said, as in FILE.safetensors.index.json:NAME; ");
  fault(":", model.index + ": the name of the tensor after ':' is empty");
  fault(":z", model.folder.path + "/model-00003-of-00002.safetensors: no such file");
  const std::string first = model.folder.path + "/model-00001-of-00002.safetensors";
  write_bytes(first, safetensors(one_F32, "abc"));
  fault(":x", first + ": tensor 'x': its data end at byte 4, the file holds 3 bytes of data");
  write_bytes(first,
              safetensors(R"({"y":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}})", "abcd"));
  fault(":x", first + ": no tensor 'x'; there are 'y'");
  std::filesystem::remove(model.index);
  fault(":x", model.index + ": no such file");
  expect_fault<FileError>([&] { require_writable(model.index + ":x", 1); },
                          model.index + ": files of this kind are not written");
}

TEST(Sharded, ShardsStayInTheFolder) {
  const Model model;
  for (const char* file : {"../x.safetensors", "/x.safetensors", "a/../x.safetensors", "..", "",
                           "shards/", "a/..", "//x.safetensors", "x\\u0000.safetensors"}) {
    write_bytes(model.index, R"({"weight_map":{"x":")"s + file + R"("}})");
    expect_fault<FileError>([&] { read_tensor(model.index + ":x"); },
                            model.index + ": tensor 'x': its file '");
    expect_fault<FileError>([&] { read_tensor(model.index + ":x"); },
                            "' is not in the folder of the index or below");
  }
  write_bytes(model.index, R"({"weight_map":{"x":"./shards/..x"}})");
  expect_fault<FileError>([&] { read_tensor(model.index + ":x"); }, "/./shards/..x: no such file");
}

TEST(Sharded, FaultyIndexes) {
  const Folder folder;
  const std::string path = folder.path + "/model.safetensors.index.json";
  const std::string deep(1 << 20, '[');
  const std::pair<std::string, std::string> text_and_part[] = {
      {"", "it is not JSON in UTF-8 at byte 1"},
      {"{", "it is not JSON in UTF-8 at byte"},
      {"{}", "it has no 'weight_map'"},
      {"[]", "it is an array, not an object"},
      {"7", "it is a number, not an object"},
      {R"("x")", "it is a string, not an object"},
      {"null", "it is null, not an object"},
      {"{\"\xff\":1}", "it is not JSON in UTF-8"},
      {"{\"weight_map\":{}}\0"s, "it holds a NUL byte"},
      {R"({"weight_map":[]})", "'weight_map' is an array"},
      {R"({"weight_map":"x"})", "'weight_map' is a string"},
      {R"({"weight_map":null})", "'weight_map' is null"},
      {R"({"weight_map":{},"weight_map":{}})", "'weight_map' is there twice"},
      {R"({"a":{"weight_map":{}}})", "it has no 'weight_map'"},
      {R"({"weight_map":{"x":1}})", "the file of tensor 'x' is a number"},
      {R"({"weight_map":{"y":{}}})", "the file of tensor 'y' is an object"},
      {R"({"weight_map":{"x":["a"]}})", "the file of tensor 'x' is an array"},
      {R"({"weight_map":{"x":"a","x":"b"}})", "tensor 'x' is there twice"},
      {"{\"weight_map\":" + deep, "'weight_map' is an array"},
      {"{\"metadata\":" + deep, "it is not JSON in UTF-8 at byte 1048589"},
      {R"({"weight_map":{"x":"a"}} {)", "it is not JSON in UTF-8"},
  };
  for (const auto& [text, part] : text_and_part) {
    write_bytes(path, text);
    expect_fault<FileError>([&] { read_tensor(path + ":x"); },
                            fmt::format("{}: is not the index of a model: {}", path, part));
  }
  write_bytes(path, R"({"weight_map":{}})");
  expect_fault<FileError>([&] { read_tensor(path + ":x"); }, "no tensor 'x'; there are none");
}

/// Whatever the bytes are, they name a shard in the folder or are refused in one line.
RC_GTEST_PROP(Sharded, GarbledIndexesDoNoHarm, ()) {
  std::string text = index_text;
  for (int k = *rc::gen::inRange(1, 6); k > 0; --k)
    text[*rc::gen::inRange<std::size_t>(0, text.size())] =
        *rc::gen::oneOf(rc::gen::arbitrary<char>(), rc::gen::elementOf(std::string("[]{}\",:./0")));
  try {
    InputFile index("f/i.json", std::as_bytes(std::span(text)));
    const Shard shard = find_shard_of(index, "x");
    RC_ASSERT(shard.path.starts_with("f/") && shard.path.find("/../") == std::string::npos);
    RC_ASSERT(shard.tensor == "x");
  } catch (const FileError& fault) {
    RC_ASSERT(std::string(fault.what()).starts_with("f/i.json: "));
    RC_ASSERT(std::string(fault.what()).find('\n') == std::string::npos);
  }
}

}  // namespace
