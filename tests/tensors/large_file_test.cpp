// SPDX-License-Identifier: MIT
// A .npy file of more than 2^31 elements is a tensor of them in little memory: it is mapped, and
// its bit patterns are taken for bf16 where they lie. Exit 77: the temporary folder does not hold
// such a file, though it is sparse.
#include <cerrno>
#include <csignal>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <vector>

#include <fcntl.h>
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <unistd.h>

#include "tensors/tensor_file.hpp"
#include "tests/support/npy_bytes.hpp"

namespace {

using namespace xent::tests;
using xent::bf16;

constexpr std::int64_t classes = (std::int64_t{1} << 31) + 7;

/// The largest resident set of this process up to here, in KiB.
long peak_memory() {
  ::rusage usage{};
  (void)::getrusage(RUSAGE_SELF, &usage);
  return usage.ru_maxrss;
}

/// Patterns [1, classes], all 0 but 1 (in bf16) at 2^31 and -2 at the end. The fault, or "".
std::string write_logits(const std::string& path) {
  std::string header =
      fmt::format("{{'descr': '<u2', 'fortran_order': False, 'shape': (1, {})}}", classes);
  header.resize(118, ' ');
  const std::string start = npy(header, "");
  write_bytes(path, start);
  const int file = ::open(path.c_str(), O_WRONLY);
  const auto write = [&](std::uint16_t pattern, std::int64_t at) {
    const auto offset = static_cast<::off_t>(start.size()) + 2 * at;
    return ::pwrite(file, &pattern, sizeof pattern, offset) == sizeof pattern;
  };
  const bool written = ::ftruncate(file, static_cast<::off_t>(start.size()) + 2 * classes) == 0 &&
                       write(0x3f80, std::int64_t{1} << 31) && write(0xc000, classes - 1);
  std::string fault = written ? "" : std::strerror(errno);
  (void)::close(file);
  return fault;
}

void read_it(const std::string& logits_path, const std::string& labels_path) {
  const std::int64_t label = classes - 1;
  write_bytes(labels_path, npy("{'descr': '<i8', 'fortran_order': False, 'shape': (1,)}",
                               {reinterpret_cast<const char*>(&label), sizeof label}));
  const long before = peak_memory();
  const auto logits =
      as_dtype(xent::tensors::read_tensor(logits_path), xent::DType::bf16, logits_path);
  const auto labels = xent::tensors::read_tensor(labels_path);
  const auto x = logits.as<bf16>();
  const auto y = static_cast<std::size_t>(labels.as<std::int64_t>()[0]);
  EXPECT_EQ(logits.shape, (std::vector<std::ptrdiff_t>{1, classes}))
      << "the shape is that of the file";
  EXPECT_EQ(std::ssize(x), classes) << "and so many are its elements";
  EXPECT_TRUE(x[0] == bf16{0} && x[1] == bf16{0}) << "the first are 0";
  EXPECT_EQ(x[std::size_t{1} << 31], bf16{1}) << "one is 1";
  EXPECT_TRUE(y + 1 == x.size() && x[y] == bf16{-2} && x[y - 1] == bf16{0})
      << "that of the label -2";
  const long grown = peak_memory() - before;
  EXPECT_LT(grown, 64L * 1024) << fmt::format("{} KiB more are little memory", grown);
}

TEST(LargeFile, IsMapped) {
  const Folder folder;
  const std::string path = folder.path + "/logits.npy";
  (void)std::signal(SIGXFSZ, SIG_IGN);  // a limit on the size of files is a fault as any other
  if (const std::string fault = write_logits(path); !fault.empty()) {
    GTEST_SKIP() << folder.path << ": no sparse file of " << 2 * classes << " bytes: " << fault;
  }
  read_it(path, folder.path + "/labels.npy");
}

}  // namespace
