#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# consumers.sh PREFIX EXAMPLES FOLDER COMPONENT…: the programs in EXAMPLES are built in FOLDER against what is
# installed in PREFIX, by find_package and by pkg-config, which link the same files, and print what is right.
# The components are those of find_package: xent, verify, xent_static, verify_static.
set -euo pipefail
prefix=$1
examples=$(realpath "$2")
folder=$(realpath "$3")
shift 3
statics=$(cd "$(dirname "$0")" && pwd)/statics
libraries=$(dirname "$(find "$prefix/lib" -name libxent.so)")
: "${libraries:?$prefix has no libxent.so}"
export PKG_CONFIG_PATH=$libraries/pkgconfig
version=$(sed -n 's/^set(PACKAGE_VERSION "\(.*\)")$/\1/p' "$libraries/cmake/xent/xent-config-version.cmake")

wrong() {
  printf 'WRONG: %s\n' "$1"
  exit 1
}

# prints PROGRAM TEXT: what it prints.
prints() {
  local said
  said=$("$1" 2>&1) || wrong "$1 failed: $said"
  [[ $said == "$2" ]] || wrong "$1 prints: $said, not: $2"
}

# linked: of a linker's trace on standard input the libraries, each by the file that it is.
linked() {
  grep -Eo '^/[^ ():]+\.(so[.0-9]*|a)\b' | xargs -r realpath | sort -u
}

# by_cmake SOURCE BUILD: builds it, and keeps what was linked in BUILD.files.
by_cmake() {
  cmake -S "$1" -B "$2" -D CMAKE_PREFIX_PATH="$prefix" -D CMAKE_EXE_LINKER_FLAGS=-Wl,--trace >"$2.log" 2>&1 &&
    cmake --build "$2" >>"$2.log" 2>&1 || wrong "$1 is not built: $(tail -n 20 "$2.log")"
  linked <"$2.log" >"$2.files"
}

# by_pkg_config OUTPUT COMPILER…: the compiler, the source, and what pkg-config says. CMake's programs know the
# folder of the libraries; the loader knows /usr.
by_pkg_config() {
  local output=$1
  shift
  [[ $prefix == /usr ]] || set -- "$@" -Wl,-rpath,"$libraries"
  "$@" -Wl,--trace -o "$output" >"$output.log" 2>&1 || wrong "$* fails: $(tail -n 20 "$output.log")"
  linked <"$output.log" >"$output.files"
}

# example DIRECTORY PROGRAM PACKAGE TEXT COMPILER…
example() {
  local name=$2 package=$3 text=$4 source build=$folder/$1_cmake output=$folder/$1_pkg_config flags
  source=$(ls "$examples/$1/$2".c*)
  by_cmake "$examples/$1" "$build"
  flags=$(pkg-config --cflags --libs "$package")
  # shellcheck disable=SC2086  # flags are words
  by_pkg_config "$output" "${@:5}" "$source" $flags
  prints "$build/$name" "$text"
  prints "$output" "$text"
  [[ $(pkg-config --modversion "$package") == "$version" ]] || wrong "pkg-config has another version of $package"
  grep -q "^$(realpath "$libraries/lib$package.so")$" "$output.files" || wrong "$output has no lib$package.so"
  diff "$build.files" "$output.files" || wrong "find_package (<) and pkg-config (>) link other files"
}

# static_form COMPONENT DIRECTORY PROGRAM PACKAGE TEXT COMPILER…: --static --libs is for a folder without shared
# libraries of that name, before which a linker takes no other.
static_form() {
  local name=$3 package=$4 text=$5 source build=$folder/$1_cmake output=$folder/$1_pkg_config flags
  source=$(ls "$examples/$2/$3".c*)
  mkdir "$folder/$1"
  ln -s "$libraries"/libxent*.a "$folder/$1"
  cp -r "$statics" "$folder/$1_source"
  printf 'set(component %s)\nset(source %s)\n' "$1" "$source" >"$folder/$1_source/chosen.cmake"
  by_cmake "$folder/$1_source" "$build"
  flags=$(pkg-config --static --cflags --libs "$package")
  # shellcheck disable=SC2086
  by_pkg_config "$output" "${@:6}" "$source" -L"$folder/$1" $flags
  for program in "$build/statically" "$output"; do
    prints "$program" "$text"
    readelf -d "$program" | grep 'NEEDED.*libxent' && wrong "$program needs a shared library of ours"
  done
  return 0
}

c=("${CC:-cc}" -std=c99 -Wall -Werror)
cpp=("${CXX:-c++}" -std=c++20 -Wall -Werror)
gradient=$'1.87152e-13: -1.87152e-13 9.35762e-14 9.35762e-14\n0.407606: 0.0900306 0.244728 -0.334759'
losses=$'1.87152e-13 0.407606\nlabels: label 3 of row 1 is not in [0, 3)'
judged='wrong: row 0 has 0, right is 1.87152e-13'
for component in "$@"; do
  case $component in
    xent)
      example c loss_and_gradient xent "$gradient" "${c[@]}"
      example cpp row_losses xent "$losses" "${cpp[@]}" ;;
    verify) example verify judged xent-verify "$judged" "${cpp[@]}" ;;
    xent_static) static_form xent_static c loss_and_gradient xent "$gradient" "${c[@]}" ;;
    verify_static) static_form verify_static verify judged xent-verify "$judged" "${cpp[@]}" ;;
    *) wrong "there is no component $component" ;;
  esac
  printf '%s: built and run by find_package and by pkg-config\n' "$component"
done
