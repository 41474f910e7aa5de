#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# oracle_mutants.sh SOURCE BUILD COMPILER LIBRARY…: every wrong reference that oracle_mutants.txt
# describes is caught by the suite of reference_tests named there, which then exits with 1; linked in the
# same way with the reference as it is, that suite passes. Whatever the program links and the change
# reaches, a header's users and the tests themselves included, is compiled anew. LIBRARY…: those of Arb.
set -uo pipefail
source=$1
build=$2
compiler=$3
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$source" || exit 1
export LC_ALL=C
at_a_time=2
flags=(-std=c++20 -O1 -w -ffp-contract=off "-DXENT_SOURCE_DIR=\"$source\"")
tests=$build/tests/CMakeFiles/reference_tests.dir/reference
mapfile -t tested < <(find "$tests" -name '*.o')
libraries=("$build/properties/libxent_properties.a" "$build/cases/libxent_cases.a"
  "$build/tensors/libxent_tensors.a" "$build/system/libxent_system.a" "$build/reference/libxent_reference.a" "$build/reference/libxent_definition.a"
  "${@:4}" -lgtest_main -lgtest -lrapidcheck -lmpfi -lmpfr -lgmp -lfmt -pthread)

wrong() {
  printf 'WRONG: %s\n' "$*"
  touch "$work/wrong"
}

# users FILE: it and every source that includes it, by way of other headers or not.
users() {
  local found=("$1") before=0
  while [[ ${#found[@]} -ne $before ]]; do
    before=${#found[@]}
    mapfile -t found < <({
      printf '%s\n' "${found[@]}"
      grep -lF -e "$(printf '#include "%s"\n' "${found[@]}")" {,tests/}reference/{,*/}*pp tests/support/*pp
    } | sort -u)
  done
  printf '%s\n' "${found[@]}"
}

# run PROGRAM SUITE: its exit code; where its first failure is, and what it expects, are in PROGRAM.said.
run() {
  timeout 120 "$1" --gtest_filter="$2.*:$2Of/*" >"$1.out" 2>&1
  local status=$?
  grep -m 1 -A 1 ': Failure' "$1.out" | tr '\n' ' ' >"$1.said"
  return $status
}

# Leaves the names of all objects that the program links in unchanged.map.
build_unchanged() {
  "$compiler" "${tested[@]}" "${libraries[@]}" -Wl,-Map="$work/unchanged.map" -o "$work/unchanged" ||
    wrong 'reference_tests is not linked'
}

check_unchanged() {
  local suite=$1
  ln "$work/unchanged" "$work/$suite"
  run "$work/$suite" "$suite" || wrong "$suite fails without a change: $(<"$work/$suite.said")"
  grep -q '^\[  PASSED  \] [1-9]' "$work/$suite.out" || wrong "$suite has no test"
}

# change ROOT FILE OLD NEW: there, OLD is replaced where it stands, which must be in one place.
change() {
  local file=$1/$2 old=$3 new=$4 text
  text=$(<"$file")
  [[ $text == *"$old"* && ${text#*"$old"} != *"$old"* ]] || return 1
  printf '%s\n' "${text%%"$old"*}$new${text#*"$old"}" >"$file"
}

# build_changed ROOT FILE: ROOT/test, of the sources in ROOT and, besides, those here.
build_changed() {
  local root=$1 file=$2 unit object objects=() changed=0
  for unit in $(users "$file" | grep 'cpp$'); do
    object=${unit##*/}.o
    grep -qF "/$object" "$work/unchanged.map" || grep -qF "($object)" "$work/unchanged.map" || continue
    [[ $unit == tests/* ]] || { unit=$root/$unit && objects+=("$root/$object"); }
    "$compiler" "${flags[@]}" -include "$work/common.hpp" "-I$root" -I. -Iinclude -c "$unit" -o "$root/$object" || return 1
    changed=1
  done
  [[ $changed -eq 1 ]] || return 1
  for object in "${tested[@]}"; do
    if [[ -e $root/${object##*/} ]]; then objects+=("$root/${object##*/}"); else objects+=("$object"); fi
  done
  "$compiler" "${objects[@]}" "${libraries[@]}" -o "$root/test"
}

check_mutant() {
  local name=$1 file=reference/$2 old=$3 new=$4 suite=$5 root="$work/$1 root" status
  mkdir "$root" || { wrong "$name: is there twice"; return; }
  cp -r reference "$root"
  change "$root" "$file" "$old" "$new" || { wrong "$name: not once in $file: $old"; return; }
  build_changed "$root" "$file" 2>"$root/log" ||
    { wrong "$name: the tests are not built with $file: $(head -n 3 "$root/log")"; return; }
  run "$root/test" "$suite"
  status=$?
  [[ $status -eq 1 ]] || { wrong "$name: $suite exits with $status, not 1"; return; }
  printf '%s: killed by %s: %.140s\n' "$name" "$suite" "$(<"$root/test.said")"
  rm -r "$root"
}

# In the background, when there is room.
start() {
  while [[ $(jobs -rp | wc -l) -ge $at_a_time ]]; do wait -n; done
  "$@" &
}

grep -v '^#' tests/reference/oracle_mutants.txt | sed 's/ | /\x1f/g' >"$work/list"
build_unchanged
[[ ! -e $work/wrong ]] || exit 1
while read -r suite; do start check_unchanged "$suite"; done < <(sed 's/.*\x1f//' "$work/list" | sort -u)
printf '#include <%s>\n' boost/multiprecision/mpfi.hpp gtest/gtest.h >"$work/common.hpp"
"$compiler" "${flags[@]}" -x c++-header "$work/common.hpp" -o "$work/common.hpp.gch" ||
  wrong 'the header that all share is not compiled'
wait
[[ ! -e $work/wrong ]] || exit 1
while IFS=$'\x1f' read -r name file old new suite; do
  start check_mutant "$name" "$file" "$old" "$new" "$suite"
done <"$work/list"
wait
printf '%d mutants\n' "$(wc -l <"$work/list")"
[[ ! -e $work/wrong ]]
