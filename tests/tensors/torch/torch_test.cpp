// SPDX-License-Identifier: MIT
// Files of torch.save are known by their content, whatever they are called, and by their extension;
// the fault says what to do in Python.
#include "tensors/torch/torch.hpp"

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tensors/tensor_file.hpp"
#include "tests/support/expect_fault.hpp"
#include "tests/support/npy_bytes.hpp"
#include "tests/tensors/npz/zip_bytes.hpp"
#include "tests/tensors/safetensors/safetensors_bytes.hpp"

namespace {

using namespace xent::tensors;
using namespace xent::tests;
using namespace std::string_literals;
using xent::FileError;

const std::string archive = zip({{.name = "x/data.pkl", .content = "\x80\2}q\0."s},
                                 {.name = "x/data/0", .content = "abcd"},
                                 {.name = "x/version", .content = "3\n"}});

/// What torch.save writes and wrote: with 1.6 and later, cut off, and before; by pickle alone.
const std::vector<std::string> contents = {
    archive,
    archive.substr(0, archive.size() - 30),
    "\x80\2\x8a\nl\xfc\x9c\x46\xf9 j\xa8P\x19.\x80\2M\xe9\3."s,
    "\x80\4\x95\x0c\0\0\0\0\0\0\0]\x94(K\1K\2K\3e."s,
};

TEST(Torch, IsKnownByItsContent) {
  const Folder folder;
  for (const std::string& content : contents)
    for (const char* name : {"x", "x.npy", "x.npz", "x.safetensors", "x.pt", "x.PTH", "x.bin"}) {
      const std::string path = folder.path + "/" + name;
      write_bytes(path, content);
      EXPECT_TRUE(is_of_torch(path));
      expect_fault<FileError>(
          [&] { read_tensor(path); },
          path + ": is a pickle, as torch.save writes; in Python, xent_save.save('");
      if (parse_place(path).format->named != nullptr)
        expect_fault<FileError>([&] { read_tensor(path + ":logits"); }, path + ": is a pickle");
    }
}

TEST(Torch, IsKnownByItsExtension) {
  const Folder folder;
  for (const char* name : {"x.pt", "x.pth", "X.BIN"}) {
    const std::string path = folder.path + "/" + name;
    expect_fault<FileError>([&] { read_tensor(path); }, path + ": no such file");
    for (const std::string& content : {""s, "text"s, zip({{.content = npy(one_f4, "abcd")}})}) {
      write_bytes(path, content);
      EXPECT_FALSE(is_of_torch(path));
      for (const char* tensor : {"", ":logits"})
        expect_fault<FileError>([&] { read_tensor(path + tensor); },
                                path + ": is not read; if torch.save wrote it, in Python, ");
    }
    write_bytes(path, npy(one_f4, "abcd"));
    EXPECT_EQ(read_tensor(path).size(), 1) << "what is .npy is read, whatever it is called";
    expect_fault<FileError>([&] { require_writable(path, 1); },
                            path + ": files of this kind are not written");
  }
}

TEST(Torch, AdviceIsTwoLinesOfPython) {
  EXPECT_EQ(torch_advice("a/x.pt"),
            "is not read; if torch.save wrote it, in Python, xent_save.save('x.safetensors', "
            "torch.load('a/x.pt')) of examples/xent_save.py or "
            "safetensors.torch.save_file(torch.load('a/x.pt'), 'x.safetensors')");
  for (const char* path :
       {"a b.pt", "it's.pt", "\n.pt", "a/path/of/more/than/forty/characters/x.pt"})
    EXPECT_NE(torch_advice(path).find("torch.load('FILE.pt'), 'FILE.safetensors')"),
              std::string::npos)
        << "no quotes of Python are needed";
}

/// The first bytes of a header's length may be those of a pickle.
TEST(Torch, FaultsOfOtherFormatsStay) {
  const Folder folder;
  const std::string path = folder.path + "/x.safetensors";
  for (const std::uint64_t length : {0x0280U, 0x7d0280U, 0x05950480U}) {
    write_bytes(path, length_bytes(length) + "{}");
    expect_fault<FileError>([&] { read_tensor(path); }, "the file ends inside the .safetensors");
  }
  write_bytes(path, "PK\3\4"s + std::string(22, '\0') + "\xff\xff\0\0x/data.pk"s);
  EXPECT_FALSE(is_of_torch(path));
}

}  // namespace
