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

#include <xent/record.hpp>

namespace xent::reports {

template <class T, class Member>
struct Field {
  std::string_view name;
  Member T::*member;
};

template <class T, class Member>
constexpr Field<T, Member> field(std::string_view name, Member T::*member) {
  return {name, member};
}

/// The fields of T as a tuple; empty where T is no record.
template <class T>
inline constexpr auto fields = std::tuple<>{};

template <>
inline constexpr auto fields<Witness> =
    std::tuple{field("case_id", &Witness::case_id),   field("row", &Witness::row),
               field("column", &Witness::column),     field("got", &Witness::got),
               field("expected", &Witness::expected), field("ulp", &Witness::ulp),
               field("command", &Witness::command)};

template <std::size_t... K>
constexpr auto category_fields(std::index_sequence<K...>) {
  return std::tuple{field(all_categories[K].key, all_categories[K].member)...};
}

template <>
inline constexpr auto fields<Categories> =
    category_fields(std::make_index_sequence<std::size(all_categories)>());

template <>
inline constexpr auto fields<ErrorStats> =
    std::tuple{field("count", &ErrorStats::count),
               field("correctly_rounded", &ErrorStats::correctly_rounded),
               field("undecided", &ErrorStats::undecided),
               field("undecided_witness", &ErrorStats::undecided_witness),
               field("p50", &ErrorStats::p50),
               field("p99", &ErrorStats::p99),
               field("p999", &ErrorStats::p999),
               field("max_ulp", &ErrorStats::max_ulp),
               field("max_witness", &ErrorStats::max_witness),
               field("max_terms_ulp", &ErrorStats::max_terms_ulp),
               field("terms_witness", &ErrorStats::terms_witness),
               field("max_relative", &ErrorStats::max_relative),
               field("relative_witness", &ErrorStats::relative_witness),
               field("max_absolute", &ErrorStats::max_absolute),
               field("absolute_witness", &ErrorStats::absolute_witness),
               field("max_backward", &ErrorStats::max_backward),
               field("backward_witness", &ErrorStats::backward_witness),
               field("max_ratio", &ErrorStats::max_ratio),
               field("ratio_witness", &ErrorStats::ratio_witness),
               field("categories", &ErrorStats::categories),
               field("cancelled", &ErrorStats::cancelled),
               field("category_witness", &ErrorStats::category_witness)};

template <>
inline constexpr auto fields<LawRecord> =
    std::tuple{field("law", &LawRecord::law),
               field("statement", &LawRecord::statement),
               field("implementation", &LawRecord::implementation),
               field("dtype", &LawRecord::dtype),
               field("verdict", &LawRecord::verdict),
               field("cases", &LawRecord::cases),
               field("seconds", &LawRecord::seconds),
               field("message", &LawRecord::message),
               field("command", &LawRecord::command),
               field("run", &LawRecord::run)};

template <>
inline constexpr auto fields<AccuracyRecord> =
    std::tuple{field("implementation", &AccuracyRecord::implementation),
               field("dtype", &AccuracyRecord::dtype),
               field("instruction_set", &AccuracyRecord::instruction_set),
               field("source", &AccuracyRecord::source),
               field("rows", &AccuracyRecord::rows),
               field("classes", &AccuracyRecord::classes),
               field("targets", &AccuracyRecord::targets),
               field("quantity", &AccuracyRecord::quantity),
               field("tier", &AccuracyRecord::tier),
               field("errors", &AccuracyRecord::errors),
               field("verdict", &AccuracyRecord::verdict),
               field("run", &AccuracyRecord::run)};

template <>
inline constexpr auto fields<TimingRecord> =
    std::tuple{field("implementation", &TimingRecord::implementation),
               field("dtype", &TimingRecord::dtype),
               field("instruction_set", &TimingRecord::instruction_set),
               field("targets", &TimingRecord::targets),
               field("gradient", &TimingRecord::gradient),
               field("batch", &TimingRecord::batch),
               field("classes", &TimingRecord::classes),
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
               field("parts", &Provenance::parts)};

template <>
inline constexpr auto fields<Results> =
    std::tuple{field("runs", &Results::runs), field("laws", &Results::laws),
               field("accuracy", &Results::accuracy), field("timings", &Results::timings),
               field("roofs", &Results::roofs)};

template <class T>
concept Record = std::tuple_size_v<std::remove_cvref_t<decltype(fields<T>)>> >
0;

/// A field that a document leaves out where there is nothing to say: a number that was not
/// measured, a witness of nothing.
template <class Member>
inline constexpr bool may_be_absent =
    std::is_same_v<Member, std::optional<double>> || std::is_same_v<Member, Witness>;

/// Calls `f(name, member)` for every field of `record`, in order.
template <class R, class F>
void for_each_field(R& record, F&& f) {
  std::apply([&](const auto&... one) { (f(one.name, record.*(one.member)), ...); },
             fields<std::remove_const_t<R>>);
}

}  // namespace xent::reports
