#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# only_library.sh SOURCE: with XENT_ONLY_LIBRARY=ON no package but Highway and DLPack is looked for.
set -euo pipefail
source=$1
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

disabled=()
for package in Boost Threads fmt MPFI CLI11 nlohmann_json benchmark rapidcheck ZLIB GTest; do
  disabled+=(-D "CMAKE_DISABLE_FIND_PACKAGE_$package=ON")
done
configure=(cmake -G Ninja -S "$source" -B "$folder/build" -D XENT_ONLY_LIBRARY=ON "${disabled[@]}")
"${configure[@]}" >"$folder/log" 2>&1 || {
  cat "$folder/log"
  exit 1
}
# MPFI, FLINT and their like have no CMake files and are looked for by the names of their libraries.
if grep -E '^XENT_[a-z_]+_LIBRARY:' "$folder/build/CMakeCache.txt"; then
  printf 'WRONG: these were looked for too\n'
  exit 1
fi
if "${configure[@]}" --fresh -D CMAKE_DISABLE_FIND_PACKAGE_hwy=ON >"$folder/log" 2>&1; then
  printf 'WRONG: it does not need Highway\n'
  exit 1
fi
