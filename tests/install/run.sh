#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# run.sh SOURCE BUILD COMPONENT…: what is built in BUILD is installed and moved; then nothing in it names the place
# where it was built, the libraries show the functions of the headers alone, the static forms can be part of
# a shared library, the program, where there is one, finds its data, and the consumers of consumers.sh are built.
set -euo pipefail
source=$1
build=$2
shift 2
here=$(cd "$(dirname "$0")" && pwd)
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

wrong() {
  printf 'WRONG: %s\n' "$1"
  exit 1
}

cmake --install "$build" --prefix "$folder/first" --strip >"$folder/install.log" ||
  wrong "it is not installed: $(tail -n 5 "$folder/install.log")"
mkdir "$folder/moved"
mv "$folder/first" "$folder/moved/prefix"
prefix=$folder/moved/prefix
libraries=$(dirname "$(find "$prefix" -name libxent.so)")

# docs/installation.md names what is there, and has the lines of an example.
document=$source/docs/installation.md
if [[ -x $prefix/bin/xent ]]; then
  paths=$(sed -n '/^| in PREFIX/,/^$/s/^| \(.*\) | .*/\1/p' "$document" | grep -o '`[^`]*/[^`]*`' | tr -d '`')
  [[ $(wc -l <<<"$paths") -gt 10 ]] || wrong "docs/installation.md names: $paths"
  for path in $paths; do
    [[ -e $prefix/$path || -e $libraries/${path#lib/} ]] || wrong "docs/installation.md names $path, which is not there"
  done
fi
lines=$(sed -n '/^```cmake/,/^```$/{/^```/!p};/^```$/q' "$document")
[[ -n $lines ]] || wrong 'docs/installation.md has no lines for CMake'
while read -r line; do
  grep -qxF "$line" "$source/examples/c/CMakeLists.txt" || wrong "examples/c has no line: $line"
done <<<"$lines"

# Debug information, which a build with -g has, names the folders; --strip leaves it in static libraries.
for archive in "$libraries"/*.a; do
  strip --strip-debug "$archive"
done
named=$(grep -rlaF -e "$build" -e "$folder/first" "$prefix" || true)
[[ -z $named ]] || wrong "the place of the build is named in: $named"
# An assertion names its source file; no release build has one.
named=$(grep -raoE "$source"'(/[a-z0-9_/.-]*)?' "$prefix" | grep -vE '\.(cpp|hpp)$' || true)
[[ -z $named ]] || wrong "the sources are named: $named"
if grep -qE '^CMAKE_BUILD_TYPE:[A-Z]+=Release$' "$build/CMakeCache.txt"; then
  named=$(grep -rlaF "$source" "$prefix" || true)
  [[ -z $named ]] || wrong "a release build names the sources in: $named"
fi

for library in "$libraries"/libxent*.so; do
  abi=$(sed -n 's/^#define XENT_ABI_VERSION //p' "$prefix/include/xent.h")
  readelf -d "$library" | grep >/dev/null "SONAME.*\[$(basename "$library").$abi\]" || wrong "the SONAME of $library"
  others=$(nm -D --defined-only "$library" | awk '$2 != "A" && $3 !~ /^xent_/ { print $3 }')
  [[ -z $others ]] || wrong "$library shows: $others"
  ! ldd "$library" | grep 'not found' || wrong "$library does not find the other"
  [[ -n $(nm -D --defined-only "$library") ]] || wrong "$library shows nothing"
done
"${CXX:-c++}" -shared -Wl,--whole-archive "$libraries"/libxent.a -Wl,--no-whole-archive -lhwy -fopenmp \
  -o "$folder/host.so" || wrong 'libxent.a cannot be part of a shared library'
ours=$(nm -DC --defined-only "$folder/host.so" | grep ' xent::' || true)
[[ -z $ours ]] || wrong "libxent.a makes a shared library show: $ours"

if [[ -x $prefix/bin/xent ]]; then
  on_digits=(env -u XENT_DATA "$prefix/bin/xent" verify --impl sparse --law loss_within_contract
             --case f32/digits/4x10/labels/none/seed=1)
  said=$("${on_digits[@]}" 2>&1) || wrong "the program does not find its data: $said"
  mv "$prefix/share/xent/data" "$folder"
  said=$("${on_digits[@]}" 2>&1) && wrong 'the program reads data that are not those installed'
  [[ $said == *"$prefix/share/xent/data/digits_logits.npy"* ]] || wrong "of data that are not there it says: $said"
fi
mkdir "$folder/consumers"
"$here"/consumers.sh "$prefix" "$source/examples" "$folder/consumers" "$@"
