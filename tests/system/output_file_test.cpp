// SPDX-License-Identifier: MIT
// OutputFile: whole or not at all, through links, with the mode that was there, one among many
// writers.
#include "system/output_file.hpp"

#include <algorithm>
#include <array>
#include <csignal>
#include <filesystem>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "system/links.hpp"
#include "tests/support/expect_fault.hpp"
#include "tests/support/folder.hpp"
#include "tests/support/npy_bytes.hpp"

namespace {

using namespace xent;
using tests::expect_fault;
using tests::read_bytes;
using tests::write_bytes;
namespace fs = std::filesystem;

void write(const std::string& path, std::string_view text) {
  OutputFile file(path);
  file.write(text);
  file.commit();
}

unsigned mode_of(const std::string& path) {
  struct ::stat there {};
  return ::stat(path.c_str(), &there) == 0 ? there.st_mode & 07777U : 0U;
}

std::ptrdiff_t entries(const std::string& folder) {
  return std::distance(fs::directory_iterator(folder), fs::directory_iterator());
}

/// Each test writes into an empty folder of its own.
class OutputFileTest : public testing::Test {
  const tests::Folder own_;

 protected:
  const std::string& folder = own_.path;
};

TEST_F(OutputFileTest, Links) {
  fs::create_directory(folder + "/far");
  for (const std::string target : {"far/target", "far/not_yet"}) {
    if (target == "far/target") write_bytes(fmt::format("{}/{}", folder, target), "old");
    const std::string link = folder + "/link", outer = folder + "/outer";
    fs::create_symlink(target, link);
    fs::create_symlink(folder + "/link", outer);
    write(outer, "new");
    EXPECT_TRUE(fs::is_symlink(outer) && fs::is_symlink(link)) << "links stay";
    EXPECT_EQ(read_bytes(fmt::format("{}/{}", folder, target)), "new")
        << "the target is written: " + target;
    fs::remove(link);
    fs::remove(outer);
  }
  fs::create_symlink("loop", folder + "/loop");
  expect_fault<FileError>([&] { write(folder + "/loop", "x"); }, "loop: cannot be written: ");
  EXPECT_EQ(entries(folder + "/far"), 2) << "no temporary stays beside the target";
}

TEST_F(OutputFileTest, Modes) {
  const std::string path = folder + "/mode";
  for (const unsigned mode : {0600U, 0640U, 0755U}) {
    write_bytes(path, "old");
    EXPECT_EQ(::chmod(path.c_str(), mode), 0) << "chmod";
    write(path, "new");
    EXPECT_TRUE(mode_of(path) == mode && read_bytes(path) == "new") << "the mode is kept";
  }
  for (const unsigned mask : {022U, 077U, 027U}) {
    fs::remove(path);
    const ::mode_t before = ::umask(mask);
    write(path, "new");
    (void)::umask(before);
    EXPECT_EQ(mode_of(path), (0666U & ~mask)) << "a new file has the mode that the umask leaves";
  }
  if (::geteuid() != 0) {
    EXPECT_EQ(::chmod(path.c_str(), 0444), 0) << "chmod";
    expect_fault<FileError>([&] { write(path, "x"); }, "mode: cannot be written: Permission");
  }
}

TEST_F(OutputFileTest, AllOrNone) {
  const std::string one = folder + "/one";
  write_bytes(one, "old");
  const auto before = entries(folder);
  expect_fault<FileError>(
      [&] {
        std::vector<OutputFile> files;
        files.emplace_back(one);
        files.emplace_back("/dev/full");
        for (OutputFile& file : files) file.write("new");
        OutputFile::commit(files);
      },
      "/dev/full: cannot be written: No space left on device");
  EXPECT_EQ(read_bytes(one), "old") << "no file appears where one cannot be finished";
  expect_fault<FileError>([&] { OutputFile file(folder + "/missing/x"); }, "missing/x: ");
  expect_fault<FileError>([&] { OutputFile file(folder); }, "is a directory");
  { OutputFile file(one); }
  EXPECT_TRUE(read_bytes(one) == "old" && entries(folder) == before)
      << "without a commit nothing changes";
}

/// The third of three files cannot be renamed, because its folder is gone by then.
TEST_F(OutputFileTest, RenamesAreUndone) {
  const std::string old = folder + "/old", fresh = folder + "/fresh", gone = folder + "/gone";
  write_bytes(old, "old");
  const auto before = entries(folder);
  fs::create_directory(gone);
  expect_fault<FileError>(
      [&] {
        std::vector<OutputFile> files;
        for (const std::string& path : {old, fresh, gone + "/x", folder + "/last"})
          files.emplace_back(path).write("new");
        for (OutputFile& file : files) file.finish();
        fs::remove_all(gone);
        OutputFile::commit(files);
      },
      "gone/x: cannot be written: No such file");
  EXPECT_EQ(read_bytes(old), "old") << "what was replaced comes back";
  EXPECT_FALSE(fs::exists(fresh)) << "what is new goes";
  EXPECT_EQ(entries(folder), before) << "nothing stays of a commit that fails";
}

/// A file with two names: one output leaves the other name as it was.
TEST_F(OutputFileTest, SecondNames) {
  const std::string one = folder + "/first", two = folder + "/second";
  for (const std::string& path : {one, two}) write_bytes(path, "old");
  fs::create_hard_link(one, folder + "/other");
  std::vector<OutputFile> files;
  for (const std::string& path : {one, two}) files.emplace_back(path).write("new");
  const auto before = entries(folder);
  OutputFile::commit(files);
  EXPECT_TRUE(read_bytes(one) == "new" && read_bytes(two) == "new") << "both are written";
  EXPECT_EQ(read_bytes(folder + "/other"), "old") << "another name keeps what it had";
  EXPECT_EQ(entries(folder), before - 2) << "no second name of what was replaced stays";
}

/// A process that is killed as soon as the first of its files has appeared: all appear.
TEST_F(OutputFileTest, SigkillDoesNotPart) {
  std::array<std::string, 40> paths;
  for (std::size_t k = 0; k < paths.size(); ++k) paths[k] = fmt::format("{}/{}", folder, k);
  const auto appeared = [](const std::string& path) { return fs::exists(path); };
  for (int n = 0; n < 6; ++n) {
    for (const std::string& path : paths) fs::remove(path);
    const ::pid_t child = ::fork();
    if (child == 0) {
      std::vector<OutputFile> files;
      for (const std::string& path : paths) files.emplace_back(path).write("new");
      OutputFile::commit(files);
      ::_exit(0);
    }
    while (!appeared(paths[0]) && ::waitpid(child, nullptr, WNOHANG) == 0) {
    }
    (void)::kill(child, SIGKILL);
    (void)::waitpid(child, nullptr, 0);
    for (int tries = 0; tries < 5000 && !std::ranges::all_of(paths, appeared); ++tries)
      (void)::usleep(1000);
    EXPECT_TRUE(std::ranges::all_of(paths, appeared))
        << "all files appear though the program is killed";
  }
}

/// As many processes as there are letters write the same file again and again; each reader sees the
/// whole file of one of them.
TEST_F(OutputFileTest, ManyWriters) {
  const std::string path = folder + "/shared";
  constexpr std::size_t size = 300'000;
  constexpr std::string_view letters = "abcdef";
  write(path, std::string(size, 'a'));
  std::array<::pid_t, letters.size()> children{};
  for (std::size_t k = 0; k < letters.size(); ++k) {
    children[k] = ::fork();
    if (children[k] != 0) continue;
    for (int n = 0; n < 10; ++n) write(path, std::string(size, letters[k]));
    ::_exit(0);
  }
  for (std::size_t running = letters.size(); running != 0;) {
    const std::string text = read_bytes(path);
    EXPECT_EQ(text, std::string(size, text.empty() ? '?' : text[0])) << "the file is one writer's";
    int status = 0;
    if (::waitpid(-1, &status, WNOHANG) <= 0) continue;
    EXPECT_EQ(status, 0) << "a writer succeeds";
    --running;
  }
  EXPECT_EQ(entries(folder), 1) << "no temporary stays";
}

/// A name whose file another process replaces all the time is a name still: a writer that thought
/// otherwise would write in place, into what others read.
TEST_F(OutputFileTest, NameOfWhatIsReplaced) {
  const std::string path = folder + "/busy", link = folder + "/to_busy";
  write_bytes(path, "old");
  fs::create_symlink("busy", link);
  const ::pid_t parent = ::getpid();
  const ::pid_t child = ::fork();
  if (child == 0) {
    while (::getppid() == parent) {
      write_bytes(folder + "/next", "new");
      fs::rename(folder + "/next", path);
    }
    ::_exit(0);
  }
  int other = 0;
  for (int n = 0; n < 20'000; ++n)
    for (const std::string& name : {path, link})
      other += system::behind_links(name) == path ? 0 : 1;
  (void)::kill(child, SIGKILL);
  (void)::waitpid(child, nullptr, 0);
  EXPECT_EQ(other, 0) << fmt::format("a file that is replaced has its name ({} times not)", other);
}

}  // namespace
