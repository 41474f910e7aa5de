// SPDX-License-Identifier: MIT
// Fields: the members of every record by name, listed once. JSON in both directions, its schema and
// the CSV file go by these lists.
#pragma once

#include <iterator>
#include <optional>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>

#include <xent/records/results.hpp>

namespace xent::reports {

/// Where a document has a field: in every record; only where it is not as in a record just made; or
/// once for neighbours that share it.
enum class Presence { always, unless_default, shared };

template <class T, class Member>
struct Field {
  std::string_view name;
  Member T::*member;
  Presence presence = Presence::always;
  /// A field before this one: where both are equal this one is left out, and read as that.
  Member T::*otherwise = nullptr;
};

/// A field that a document leaves out where there is nothing to say: a number that was not
/// measured, a witness of nothing.
template <class Member>
inline constexpr bool may_be_absent =
    std::is_same_v<Member, std::optional<double>> || std::is_same_v<Member, Witness>;

template <class T, class Member>
constexpr Field<T, Member> field(std::string_view name, Member T::*member) {
  return {name, member, may_be_absent<Member> ? Presence::unless_default : Presence::always};
}
template <class T, class Member>
constexpr Field<T, Member> rare(std::string_view name, Member T::*member) {
  return {name, member, Presence::unless_default};
}
template <class T, class Member>
constexpr Field<T, Member> unless_equal(std::string_view name, Member T::*member,
                                        Member T::*otherwise) {
  return {name, member, Presence::unless_default, otherwise};
}
template <class T, class Member>
constexpr Field<T, Member> shared(std::string_view name, Member T::*member) {
  return {name, member, Presence::shared};
}

/// The fields of T as a tuple; empty where T is no record.
template <class T>
inline constexpr auto fields = std::tuple<>{};

template <>
inline constexpr auto fields<Witness> =
    std::tuple{field("case_id", &Witness::case_id),   rare("row", &Witness::row),
               rare("column", &Witness::column),      field("got", &Witness::got),
               field("expected", &Witness::expected), rare("ulp", &Witness::ulp),
               rare("command", &Witness::command)};

template <std::size_t... K>
constexpr auto category_fields(std::index_sequence<K...>) {
  return std::tuple{rare(all_categories[K].key, all_categories[K].member)...};
}

template <>
inline constexpr auto fields<Categories> =
    category_fields(std::make_index_sequence<std::size(all_categories)>());

template <>
inline constexpr auto fields<ErrorStats> =
    std::tuple{field("count", &ErrorStats::count),
               field("correctly_rounded", &ErrorStats::correctly_rounded),
               rare("undecided", &ErrorStats::undecided),
               rare("undecided_witness", &ErrorStats::undecided_witness),
               rare("p50", &ErrorStats::p50),
               rare("p99", &ErrorStats::p99),
               rare("p999", &ErrorStats::p999),
               rare("max_ulp", &ErrorStats::max_ulp),
               rare("max_witness", &ErrorStats::max_witness),
               unless_equal("max_terms_ulp", &ErrorStats::max_terms_ulp, &ErrorStats::max_ulp),
               rare("terms_witness", &ErrorStats::terms_witness),
               rare("max_relative", &ErrorStats::max_relative),
               rare("relative_witness", &ErrorStats::relative_witness),
               rare("max_absolute", &ErrorStats::max_absolute),
               rare("absolute_witness", &ErrorStats::absolute_witness),
               rare("max_backward", &ErrorStats::max_backward),
               rare("backward_witness", &ErrorStats::backward_witness),
               rare("max_ratio", &ErrorStats::max_ratio),
               rare("ratio_witness", &ErrorStats::ratio_witness),
               rare("over_bound", &ErrorStats::over_bound),
               rare("categories", &ErrorStats::categories),
               rare("cancelled", &ErrorStats::cancelled),
               rare("category_witness", &ErrorStats::category_witness)};

template <>
inline constexpr auto fields<LawRecord> =
    std::tuple{field("law", &LawRecord::law),
               shared("implementation", &LawRecord::implementation),
               shared("dtype", &LawRecord::dtype),
               field("verdict", &LawRecord::verdict),
               rare("cases", &LawRecord::cases),
               rare("seconds", &LawRecord::seconds),
               rare("message", &LawRecord::message),
               rare("command", &LawRecord::command),
               rare("instruction_set", &LawRecord::instruction_set),
               rare("witness", &LawRecord::witness),
               rare("ratio", &LawRecord::ratio),
               rare("plugin", &LawRecord::plugin),
               shared("run", &LawRecord::run)};

template <>
inline constexpr auto fields<LawStatement> =
    std::tuple{field("law", &LawStatement::law), field("statement", &LawStatement::statement)};

template <>
inline constexpr auto fields<JudgedCase> =
    std::tuple{field("targets", &JudgedCase::targets), field("classes", &JudgedCase::classes),
               field("rows", &JudgedCase::rows), field("max_ratio", &JudgedCase::max_ratio),
               rare("place", &JudgedCase::place)};

template <>
inline constexpr auto fields<AccuracyRecord> =
    std::tuple{shared("implementation", &AccuracyRecord::implementation),
               shared("dtype", &AccuracyRecord::dtype),
               shared("instruction_set", &AccuracyRecord::instruction_set),
               shared("tier", &AccuracyRecord::tier),
               field("source", &AccuracyRecord::source),
               field("quantity", &AccuracyRecord::quantity),
               field("verdict", &AccuracyRecord::verdict),
               rare("seconds", &AccuracyRecord::seconds),
               rare("cases", &AccuracyRecord::cases),
               rare("errors", &AccuracyRecord::errors),
               rare("deserves", &AccuracyRecord::deserves),
               rare("fault", &AccuracyRecord::fault),
               rare("plugin", &AccuracyRecord::plugin),
               shared("run", &AccuracyRecord::run)};

template <>
inline constexpr auto fields<TimingRecord> =
    std::tuple{field("implementation", &TimingRecord::implementation),
               field("dtype", &TimingRecord::dtype),
               field("instruction_set", &TimingRecord::instruction_set),
               field("targets", &TimingRecord::targets),
               field("gradient", &TimingRecord::gradient),
               rare("reduction", &TimingRecord::reduction),
               field("batch", &TimingRecord::batch),
               field("classes", &TimingRecord::classes),
               rare("inner", &TimingRecord::inner),
               rare("layout", &TimingRecord::layout),
               field("threads", &TimingRecord::threads),
               field("repetitions", &TimingRecord::repetitions),
               field("ns_min", &TimingRecord::ns_min),
               field("ns_median", &TimingRecord::ns_median),
               field("spread", &TimingRecord::spread),
               field("samples_ns", &TimingRecord::samples_ns),
               field("preempted", &TimingRecord::preempted),
               field("unreliable", &TimingRecord::unreliable),
               field("bytes", &TimingRecord::bytes),
               field("residency", &TimingRecord::residency),
               field("roof_multiple", &TimingRecord::roof_multiple),
               field("checked_ulp", &TimingRecord::checked_ulp),
               field("checked_rows", &TimingRecord::checked_rows),
               rare("plugin", &TimingRecord::plugin),
               field("run", &TimingRecord::run)};

template <>
inline constexpr auto fields<RoofRecord> =
    std::tuple{field("kind", &RoofRecord::kind),
               field("kernel", &RoofRecord::kernel),
               field("dtype", &RoofRecord::dtype),
               field("batch", &RoofRecord::batch),
               field("classes", &RoofRecord::classes),
               field("threads", &RoofRecord::threads),
               field("bytes", &RoofRecord::bytes),
               field("residency", &RoofRecord::residency),
               field("gigabytes_per_second", &RoofRecord::gigabytes_per_second),
               field("fastest", &RoofRecord::fastest),
               field("run", &RoofRecord::run)};

template <>
inline constexpr auto fields<Provenance> =
    std::tuple{field("version", &Provenance::version),
               field("revision", &Provenance::revision),
               field("compiler", &Provenance::compiler),
               field("flags", &Provenance::flags),
               field("build_type", &Provenance::build_type),
               field("cpu", &Provenance::cpu),
               field("cores", &Provenance::cores),
               field("affinity", &Provenance::affinity),
               field("quota", &Provenance::quota),
               field("load_start", &Provenance::load_start),
               field("load_end", &Provenance::load_end),
               field("stolen", &Provenance::stolen),
               field("caches", &Provenance::caches),
               field("system", &Provenance::system),
               field("libraries", &Provenance::libraries),
               field("instruction_sets", &Provenance::instruction_sets),
               field("command", &Provenance::command),
               field("date", &Provenance::date),
               field("seed", &Provenance::seed),
               field("id", &Provenance::id),
               field("whole", &Provenance::whole),
               field("part", &Provenance::part),
               field("parts", &Provenance::parts),
               rare("incomplete", &Provenance::incomplete)};

template <>
inline constexpr auto fields<Results> =
    std::tuple{field("runs", &Results::runs),       field("statements", &Results::statements),
               field("laws", &Results::laws),       field("accuracy", &Results::accuracy),
               field("timings", &Results::timings), field("roofs", &Results::roofs)};

template <class T>
concept Record = std::tuple_size_v<std::remove_cvref_t<decltype(fields<T>)>> >
0;

/// Tells whether a document has records of the type as arrays of their fields, without names. The
/// array ends before the last fields, where these are rare and as in a record just made.
template <class T>
inline constexpr bool is_row = std::is_same_v<T, JudgedCase>;

/// Whether some field of the type is shared: a document has its records in groups.
template <class T>
inline constexpr bool in_groups = std::apply(
    [](const auto&... one) { return ((one.presence == Presence::shared) || ...); }, fields<T>);

/// Calls `f(field)` for every field of R, in order.
template <class R, class F>
void for_each_description(F&& f) {
  std::apply([&](const auto&... one) { (f(one), ...); }, fields<R>);
}

/// Calls `f(name, member)` for every field of `record`, in order.
template <class R, class F>
void for_each_field(R& record, F&& f) {
  for_each_description<std::remove_const_t<R>>(
      [&](const auto& one) { f(one.name, record.*(one.member)); });
}

}  // namespace xent::reports
