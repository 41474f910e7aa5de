// SPDX-License-Identifier: MIT
// Ratios to the best peer.

#include "cli/verbs/matrix/peer_ratios.hpp"

#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "cli/table.hpp"
#include "cli/timings.hpp"
#include "reports/number.hpp"
#include "reports/records/pick.hpp"

namespace xent::cli {
namespace {

using reports::Operation;
using reports::three_digits;

PeerRatio against(const TimingRecord& own, const TimingRecord* peer) {
  PeerRatio made{.own = &own, .peer = peer};
  if (peer == nullptr) return made;
  const std::vector<double> all = ratios(own.samples_ns, peer->samples_ns);
  made.ratio = median(all);
  made.interval = median_interval(all);
  return made;
}

double weight(const PeerRatio& one) {
  return one.peer == nullptr ? one.own->roof_multiple.value_or(0) : one.ratio;
}

/// What the cell is of, in words that can be continued on a further line: "f32, 4096x10, probs
/// +weight, gradient".
std::string cell_text(const TimingRecord& timed) {
  std::string form = reports::form_text(reports::operation_of(timed));
  for (std::size_t at = form.find('+'); at != std::string::npos; at = form.find('+', at + 2))
    form.insert(at, " ");
  return fmt::format("{}, {}, {}{}", timed.dtype, shape_text(timed), form,
                     timed.gradient ? ", gradient" : "");
}

std::string ns_text(const TimingRecord& timed) {
  return three_digits(timed.ns_median / reports::logits(reports::operation_of(timed)));
}

TableRow row(const PeerRatio& one) {
  TableRow cells = {"-", "-"};
  if (one.peer != nullptr)
    cells = {fmt::format("{:.2f}", one.ratio),
             fmt::format("{:.2f}-{:.2f}", one.interval.low, one.interval.high)};
  cells.push_back(ns_text(*one.own) + (one.is_reliable() ? "" : "?"));
  cells.push_back(one.peer == nullptr ? "-" : ns_text(*one.peer));
  cells.push_back(one.own->roof_multiple ? three_digits(*one.own->roof_multiple) : "-");
  cells.push_back(reports::variant(*one.own));
  cells.push_back(one.peer == nullptr ? "-" : one.peer->implementation);
  cells.push_back(cell_text(*one.own));
  return cells;
}

std::string summary(std::span<const PeerRatio> ratios) {
  std::ptrdiff_t beside = 0, slower = 0, surely = 0, unreliable = 0;
  for (const PeerRatio& one : ratios) {
    unreliable += one.is_reliable() ? 0 : 1;
    if (one.peer == nullptr) continue;
    ++beside;
    slower += one.ratio > 1 ? 1 : 0;
    surely += one.interval.low > 1 ? 1 : 0;
  }
  return fmt::format(
      "{} cells: {} beside a peer, {} of them slower than the best one ({} surely: the whole "
      "interval is above 1); {} no peer offers; {} unreliable (?)\n",
      ratios.size(), beside, slower, surely, std::ssize(ratios) - beside, unreliable);
}

}  // namespace

std::vector<PeerRatio> peer_ratios(std::span<const TimingRecord> timings,
                                   const std::set<std::string>& peers) {
  std::map<Operation, const TimingRecord*> best;
  for (const TimingRecord& one : timings) {
    if (!peers.contains(one.implementation)) continue;
    const TimingRecord*& found = best[reports::operation_of(one)];
    if (found == nullptr || one.ns_median < found->ns_median) found = &one;
  }
  std::vector<PeerRatio> all;
  for (const TimingRecord& one : timings) {
    if (peers.contains(one.implementation)) continue;
    const auto found = best.find(reports::operation_of(one));
    all.push_back(against(one, found == best.end() ? nullptr : found->second));
  }
  std::ranges::stable_sort(all, [](const PeerRatio& a, const PeerRatio& b) {
    if ((a.peer == nullptr) != (b.peer == nullptr)) return a.peer != nullptr;
    return weight(a) > weight(b);
  });
  return all;
}

std::string to_text(std::span<const PeerRatio> ratios, std::size_t most) {
  std::vector<TableRow> rows = {
      {"ratio", "95 %", "ns/logit", "peer's", "x roof", "implementation", "peer", "cell"}};
  for (const PeerRatio& one : ratios.first(std::min(most, ratios.size()))) rows.push_back(row(one));
  return table(rows) + "\n" + summary(ratios);
}

}  // namespace xent::cli
