// SPDX-License-Identifier: MIT
// Runs: records of several runs kept apart, and the documents that they come from put together.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <xent/records/results.hpp>

#include "system/output_file.hpp"

namespace xent::reports {

/// The machine of a run, by its processor and cores; "an unknown machine" where the results do not
/// say.
std::string machine_name(const Results& results, std::int64_t run);

/// What a run was built of: two runs of one build make the same promises. Version and revision.
std::string build_name(const Results& results, std::int64_t run);

/// The results of a file.
struct SourceFile {
  std::string name;
  Results results;
};

/// All records, those of the runs that were made first before the others: whatever the order of the
/// files, the result is the same. Throws FileError, which names the file and the part, where a run
/// is in two of them, or where some parts of a whole are missing, doubled, of another cut, or made
/// on other instruction sets.
Results put_together(const std::vector<SourceFile>& files);

}  // namespace xent::reports
