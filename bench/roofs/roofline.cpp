// SPDX-License-Identifier: MIT
// Roofline: every kernel that has its arrays, on all threads.

#include "bench/roofs/roofline.hpp"

#include <algorithm>
#include <limits>
#include <string_view>

namespace xent::bench {
namespace {

volatile std::uint8_t sink = 0;  // keeps what is read in use

/// What a kernel moves.
struct Arrays {
  const std::uint8_t* from = nullptr;
  std::uint8_t* to = nullptr;  // null: none
  std::size_t size = 0;

  Arrays part(std::size_t begin, std::size_t end) const {
    return {from + begin, to == nullptr ? nullptr : to + begin, end - begin};
  }
};

/// The kernel on as many parts of whole pages as there are threads.
std::uint8_t shared(const RoofKernel& kernel, const Arrays& all, int threads) {
  constexpr std::size_t page = 4096;
  const std::size_t share = (all.size / static_cast<std::size_t>(threads) / page + 1) * page;
  std::uint8_t result = 0;
#pragma omp parallel for num_threads(threads) reduction(| : result)
  for (int k = 0; k < threads; ++k) {
    const std::size_t begin = std::min(all.size, static_cast<std::size_t>(k) * share);
    const Arrays part = all.part(begin, std::min(all.size, begin + share));
    result = result | kernel.run(part.from, part.to, part.size);
  }
  return result;
}

/// One thread is not asked for through OpenMP, whose call costs what a small array does.
void run(const RoofKernel& kernel, const Arrays& all, int threads) {
  sink = threads == 1 ? kernel.run(all.from, all.to, all.size) : shared(kernel, all, threads);
}

double ns(const RoofRecord& roof) { return roof.bytes / roof.gigabytes_per_second; }

/// Of the kernels of that kind.
double fastest_ns(std::span<const RoofRecord> roofs, RoofKind kind) {
  double least = std::numeric_limits<double>::infinity();
  for (const RoofRecord& one : roofs)
    if (one.kind == to_string(kind)) least = std::min(least, ns(one));
  return least;
}

}  // namespace

template <class T>
Roofline roofline(const Workload<T>& workload, int threads) {
  const Arrays arrays{reinterpret_cast<const std::uint8_t*>(workload.logits.data()),
                      reinterpret_cast<std::uint8_t*>(workload.grad.data()),
                      static_cast<std::size_t>(workload.shape.size()) * sizeof(T)};
  Roofline made;
  for (const RoofKernel& kernel : roof_kernels()) {
    if (!applies(kernel.kind, arrays.to != nullptr)) continue;
    const int times = (reads(kernel.kind) ? 1 : 0) + (writes(kernel.kind) ? 1 : 0);
    made.records.push_back({.kind = std::string(to_string(kernel.kind)),
                            .kernel = std::string(kernel.name),
                            .dtype = std::string(to_string(dtype_of<T>)),
                            .batch = workload.shape.rows,
                            .classes = workload.shape.classes,
                            .threads = threads,
                            .bytes = times * static_cast<double>(arrays.size),
                            .residency = {}});
    made.calls.emplace_back([&kernel, arrays, threads] { run(kernel, arrays, threads); });
  }
  return made;
}

void set_speeds(std::span<const Series> series, std::vector<RoofRecord>& roofs) {
  for (std::size_t k = 0; k < roofs.size(); ++k) {
    roofs[k].gigabytes_per_second =
        roofs[k].bytes / *std::min_element(series[k].ns.begin(), series[k].ns.end());
    roofs[k].fastest = false;
  }
  for (const RoofKind kind : all_roof_kinds) {
    RoofRecord* fastest = nullptr;
    for (RoofRecord& one : roofs)
      if (one.kind == to_string(kind) &&
          (fastest == nullptr || one.gigabytes_per_second > fastest->gigabytes_per_second))
        fastest = &one;
    if (fastest != nullptr) fastest->fastest = true;
  }
}

double roof_ns(const TimingRecord& timed, std::span<const RoofRecord> roofs) {
  const std::string_view kind = std::string_view(timed.targets).substr(0, timed.targets.find('+'));
  const bool dense =
      kind == to_string(cases::TargetKind::probs) || kind == to_string(cases::TargetKind::one_hot);
  const double read = (dense ? 2 : 1) * fastest_ns(roofs, RoofKind::read);
  if (!timed.gradient) return read;
  return read + std::min(fastest_ns(roofs, RoofKind::write), fastest_ns(roofs, RoofKind::nt_write));
}

#define XENT_INSTANTIATE(T) template Roofline roofline(const Workload<T>&, int);
XENT_EACH_TYPE(XENT_INSTANTIATE)
#undef XENT_INSTANTIATE

}  // namespace xent::bench
