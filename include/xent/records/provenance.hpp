// SPDX-License-Identifier: MIT
// What a run says of itself: its machine, its build, and which part of which whole it is.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace xent {

/// Where a run was made, of what, and which part of which whole it is. Different runs may be of
/// different machines, builds or hours: their figures are never compared as if they were of one.
struct Provenance {
  std::string version;
  std::string revision;  // of the source, "+changes" where the tree was not clean
  std::string compiler;
  std::string flags;
  std::string build_type;
  std::string cpu;
  std::int64_t cores = 0;            // that the run may use: by affinity and quota, whole ones
  std::int64_t affinity = 0;         // in the affinity mask of the process
  std::optional<double> quota;       // cores' worth of time that control groups allow, if less
  std::optional<double> load_start;  // load average of a minute
  std::optional<double> load_end;
  std::optional<double> stolen;  // share of the time that the hypervisor gave to other machines
  std::string caches;
  std::string system;
  std::string libraries;  // names and versions
  std::vector<std::string> instruction_sets;
  std::string command;
  std::string date;  // UTC
  std::uint64_t seed = 0;
  std::string id;           // drawn for this run: two runs have two, copies of one the same
  std::string whole;        // the work that it is a part of, as options; "" where it is the whole
  std::int64_t part = 1;    // from 1 to parts
  std::int64_t parts = 1;   // that the whole was cut into
  bool incomplete = false;  // interrupted before its work was done: the records are of what was
};

}  // namespace xent
