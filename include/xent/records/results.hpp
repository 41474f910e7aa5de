// SPDX-License-Identifier: MIT
// Records are what verify and bench found, as plain data. Reports read these and nothing else.
#pragma once

#include <vector>

#include <xent/records/checks.hpp>
#include <xent/records/errors.hpp>
#include <xent/records/provenance.hpp>
#include <xent/records/timings.hpp>
#include <xent/records/verdict.hpp>

namespace xent {

/// The records of one run of verify or bench, or of several together.
struct Results {
  std::vector<Provenance> runs;
  std::vector<LawStatement> statements;  // of the laws, each once
  std::vector<LawRecord> laws;
  std::vector<AccuracyRecord> accuracy;
  std::vector<TimingRecord> timings;
  std::vector<RoofRecord> roofs;
};

}  // namespace xent
