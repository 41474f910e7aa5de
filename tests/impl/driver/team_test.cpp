// SPDX-License-Identifier: MIT
// Threads that cannot be had, and threads that a fork leaves behind: kernels compute on those that
// there are, with the same bits. Not under sanitizers, whose memory is not bounded here.
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <xent/implementation.hpp>

#include "tests/support/program.hpp"

namespace {

using namespace xent;

constexpr std::ptrdiff_t rows = 1 << 12;
constexpr std::ptrdiff_t classes = 33;

std::vector<float> losses(const char* implementation, int threads) {
  std::vector<float> logits(rows * classes), loss(rows);
  for (std::size_t k = 0; k < logits.size(); ++k) logits[k] = static_cast<float>(k * k % 23);
  const std::vector<std::int64_t> labels(rows, 5);
  find_implementation(implementation)
      ->f32.kernel({row_major<const float>(logits.data(), rows, classes),
                    Labels<std::int64_t>{labels.data(), rows},
                    {.reduction = Reduction::none}},
                   {.loss = {loss.data(), rows}}, {.threads = threads});
  return loss;
}

/// Whether a forked process finds `holds()` within 60 seconds.
template <class Holds>
bool in_a_fork(Holds holds) {
  const pid_t child = ::fork();
  if (child == 0) {
    ::alarm(60);
    ::_exit(holds() ? 0 : 1);
  }
  int status = -1;
  (void)::waitpid(child, &status, 0);
  return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

/// Room for the stacks of a few threads, of 8 MiB each, beside what the process has now.
void limit_memory() {
  std::FILE* file = std::fopen("/proc/self/statm", "r");
  unsigned long pages = 0;
  if (file == nullptr || std::fscanf(file, "%lu", &pages) != 1) std::abort();
  (void)std::fclose(file);
  const rlim_t limit = pages * static_cast<rlim_t>(::sysconf(_SC_PAGESIZE)) + (rlim_t{64} << 20);
  const rlimit both{limit, limit};
  if (::setrlimit(RLIMIT_AS, &both) != 0) std::abort();
}

TEST(Threads, Forks) {
  for (const char* name : {"simd", "faithful", "widened"}) {
    const std::vector<float> expected = losses(name, 1);
    EXPECT_TRUE(in_a_fork([&] { return losses(name, 4) == expected; }))
        << std::string(name) + ": threads of its own in a fork from a process without any";
    EXPECT_EQ(losses(name, 4), expected) << std::string(name) + ": the same bits on 4 threads";
    // What follows forks from a process with workers.
    EXPECT_TRUE(in_a_fork([&] { return losses(name, 4) == expected; }))
        << std::string(name) + ": a fork after threads computes";
  }
}

/// Tells whether memory beyond limit_memory() is refused: qemu-user lets a program set that limit
/// and ignores it.
bool limits_bind() {
  return in_a_fork([] {
    limit_memory();
    return ::mmap(nullptr, std::size_t{256} << 20, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) ==
           MAP_FAILED;
  });
}

TEST(Threads, TooMany) {
  if (!limits_bind()) GTEST_SKIP() << "limits of memory are ignored here, as under qemu-user";
  const std::vector<float> expected = losses("simd", 1);
  EXPECT_TRUE(in_a_fork([&] {
    limit_memory();
    const int had = available_threads(1000);
    return 1 < had && had < 1000 && losses("simd", 1000) == expected;
  })) << "1000 threads where there is no memory for them";
}

/// The verbs under `ulimit -v`: results on fewer threads, or one line. One arena, since those of
/// malloc, of 64 MiB for each thread, would leave nothing to compute with.
TEST(Threads, LimitedProgram) {
  const tests::Program xent;
  std::vector<float> logits(rows * classes, 1);
  const std::string files = " --logits " + xent.write<float>("x.npy", {rows, classes}, logits) +
                            " --labels " +
                            xent.write_labels("y.npy", std::vector<std::int64_t>(rows, 3));
  const auto limited = [&](const std::string& arguments) {
    return tests::Program::in_shell("export MALLOC_ARENA_MAX=1; ulimit -v 400000; " + xent.path() +
                                    " " + arguments);
  };
  const auto eval = limited("eval --impl simd --threads 1000 --reduction none --loss-out " +
                            xent.file("l.npy") + files);
  EXPECT_EQ(eval.code, 0) << "eval computes on fewer threads: " + eval.text;
  EXPECT_NE(eval.text.find("instead of 1000"), std::string::npos) << "a note: " + eval.text;
  const auto audit = limited("audit --threads 1000 --loss " + xent.file("l.npy") + files);
  EXPECT_EQ(audit.code, 0) << "audit judges on fewer threads: " + audit.text;
  const auto reference = limited("eval --impl reference --threads 1000" + files);
  EXPECT_EQ(reference.code, 0) << "the reference, too: " + reference.text;
  const auto bench = limited("bench --threads 1000 --shapes 64x64 --impl simd");
  EXPECT_TRUE(bench.code == 2 && bench.text.find("1000 threads") != std::string::npos &&
              bench.text.find('\n') == bench.text.size() - 1)
      << "bench refuses in one line: " + bench.text;
}

}  // namespace
