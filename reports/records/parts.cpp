// SPDX-License-Identifier: MIT
// Parts: whether the runs of some files make up the wholes that they are parts of.
#include "reports/records/parts.hpp"

#include <map>
#include <string>
#include <tuple>
#include <utility>

#include <fmt/format.h>

#include "system/names.hpp"

namespace xent::reports {
namespace {

/// A run and the file that it is in.
struct Source {
  const Provenance* run;
  const std::string* file;
};

using Whole = std::tuple<std::string, std::string, std::string>;  // version, revision, work
using Parts = std::map<std::int64_t, Source>;

std::string text_of(const Provenance& run) {
  return fmt::format("part {} of {} of xent {} ({}, {})", run.part, run.parts, run.whole,
                     run.version, run.revision);
}

/// Whether a run is of a work that was cut.
bool is_part(const Provenance& run) { return run.parts > 1; }

/// A run drew its id: who has the same is a copy.
void refuse_copies(const std::vector<Source>& sources) {
  std::map<std::string, Source> seen;
  for (const Source& one : sources) {
    if (one.run->id.empty()) continue;
    const auto [first, is_new] = seen.emplace(one.run->id, one);
    if (is_new) continue;
    throw FileError(*one.file,
                    fmt::format("holds the run {} of {} once more ({})", one.run->id,
                                system::name_text(*first->second.file),
                                is_part(*one.run) ? text_of(*one.run) : one.run->command));
  }
}

void refuse_mixture(const Source& first, const Source& other) {
  if (first.run->parts != other.run->parts)
    throw FileError(*other.file, fmt::format("is {}, and {} is {}: they are cut differently",
                                             text_of(*other.run), system::name_text(*first.file),
                                             text_of(*first.run)));
  if (first.run->instruction_sets != other.run->instruction_sets)
    throw FileError(*other.file, fmt::format("is {}, made with other instruction sets than {}",
                                             text_of(*other.run), system::name_text(*first.file)));
}

void add_part(Parts& parts, const Source& source) {
  if (!parts.empty()) refuse_mixture(parts.begin()->second, source);
  const auto [first, is_new] = parts.emplace(source.run->part, source);
  if (!is_new)
    throw FileError(*source.file, fmt::format("is {}, and so is {}", text_of(*source.run),
                                              system::name_text(*first->second.file)));
}

void require_all(const Parts& parts) {
  std::int64_t wanted = 1;
  for (const auto& [part, source] : parts) {
    if (part != wanted) break;
    ++wanted;
  }
  const Source& any = parts.begin()->second;
  if (wanted <= any.run->parts)
    throw FileError(*any.file, fmt::format("is {}: part {} is missing", text_of(*any.run), wanted));
}

}  // namespace

void require_whole(const std::vector<SourceFile>& files) {
  std::vector<Source> sources;
  for (const SourceFile& file : files)
    for (const Provenance& run : file.results.runs) sources.push_back({&run, &file.name});
  refuse_copies(sources);
  std::map<Whole, Parts> wholes;
  for (const Source& one : sources)
    if (is_part(*one.run))
      add_part(wholes[{one.run->version, one.run->revision, one.run->whole}], one);
  for (const Source& one : sources) {
    const auto cut = wholes.find({one.run->version, one.run->revision, one.run->whole});
    if (!is_part(*one.run) && cut != wholes.end()) refuse_mixture(cut->second.begin()->second, one);
  }
  for (const auto& [whole, parts] : wholes) require_all(parts);
}

}  // namespace xent::reports
