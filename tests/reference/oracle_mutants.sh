#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# oracle_mutants.sh SOURCE BUILD COMPILER LIBRARY…: every wrong reference that oracle_mutants.txt
# describes is caught by the test named there, which says so and exits with 1; linked in the same way
# with the reference as it is, that test passes. Whatever the test links and the change reaches, a
# header's users and the test itself included, is compiled anew. LIBRARY…: those of Arb.
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
libraries=("$build/properties/libxent_properties.a" "$build/cases/libxent_cases.a"
  "$build/reference/libxent_reference.a" "$build/reference/libxent_definition.a"
  "${@:4}" -lmpfi -lmpfr -lgmp -lfmt -pthread)

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
      grep -lF -e "$(printf '#include "%s"\n' "${found[@]}")" reference/*pp tests/*pp
    } | sort -u)
  done
  printf '%s\n' "${found[@]}"
}

# run PROGRAM: its exit code; the first line of its complaints is in PROGRAM.said.
run() {
  timeout 120 "$1" 2>&1 >/dev/null | sed -n 1p >"$1.said"
  return "${PIPESTATUS[0]}"
}

# Leaves the names of all objects that the test links in TEST.map.
check_unchanged() {
  local test=$1
  "$compiler" "$build/tests/CMakeFiles/$test.dir"/*.o "${libraries[@]}" \
    -Wl,-Map="$work/$test.map" -o "$work/$test" || { wrong "$test is not linked"; return; }
  run "$work/$test" || wrong "$test fails without a change: $(<"$work/$test.said")"
}

# change ROOT FILE OLD NEW: there, OLD is replaced where it stands, which must be in one place.
change() {
  local file=$1/$2 old=$3 new=$4 text
  text=$(<"$file")
  [[ $text == *"$old"* && ${text#*"$old"} != *"$old"* ]] || return 1
  printf '%s\n' "${text%%"$old"*}$new${text#*"$old"}" >"$file"
}

# build_changed ROOT FILE TEST: ROOT/test, of the sources in ROOT and, besides, those here.
build_changed() {
  local root=$1 file=$2 test=$3 of_test unit object objects=() changed=0
  of_test=$(cd "$build/tests/CMakeFiles/$test.dir" && echo *.o)
  for unit in $(users "$file" | grep 'cpp$'); do
    object=${unit##*/}.o
    grep -qF "/$object" "$work/$test.map" || grep -qF "($object)" "$work/$test.map" || continue
    [[ $unit == tests/* ]] || { unit=$root/$unit && objects+=("$root/$object"); }
    "$compiler" "${flags[@]}" -include "$work/common.hpp" "-I$root" -I. -Iinclude -c "$unit" -o "$root/$object" || return 1
    changed=1
  done
  [[ $changed -eq 1 ]] || return 1
  for object in $of_test; do
    [[ -e $root/$object ]] || cp "$build/tests/CMakeFiles/$test.dir/$object" "$root"
    objects+=("$root/$object")
  done
  "$compiler" "${objects[@]}" "${libraries[@]}" -o "$root/test"
}

check_mutant() {
  local name=$1 file=reference/$2 old=$3 new=$4 test=$5 root="$work/$1 root" status
  mkdir "$root" || { wrong "$name: is there twice"; return; }
  cp -r reference "$root"
  change "$root" "$file" "$old" "$new" || { wrong "$name: not once in $file: $old"; return; }
  build_changed "$root" "$file" "$test" 2>"$root/log" ||
    { wrong "$name: $test is not built with $file: $(head -n 3 "$root/log")"; return; }
  run "$root/test"
  status=$?
  [[ $status -eq 1 ]] || { wrong "$name: $test exits with $status, not 1"; return; }
  printf '%s: killed by %s: %.140s\n' "$name" "$test" "$(<"$root/test.said")"
  rm -r "$root"
}

# In the background, when there is room.
start() {
  while [[ $(jobs -rp | wc -l) -ge $at_a_time ]]; do wait -n; done
  "$@" &
}

grep -v '^#' tests/reference/oracle_mutants.txt | sed 's/ | /\x1f/g' >"$work/list"
while read -r test; do start check_unchanged "$test"; done < <(sed 's/.*\x1f//' "$work/list" | sort -u)
echo '#include <boost/multiprecision/mpfi.hpp>' >"$work/common.hpp"
"$compiler" "${flags[@]}" -x c++-header "$work/common.hpp" -o "$work/common.hpp.gch" ||
  wrong 'the header that all share is not compiled'
wait
[[ ! -e $work/wrong ]] || exit 1
while IFS=$'\x1f' read -r name file old new test; do
  start check_mutant "$name" "$file" "$old" "$new" "$test"
done <"$work/list"
wait
printf '%d mutants\n' "$(wc -l <"$work/list")"
[[ ! -e $work/wrong ]]
