#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# parent.sh SOURCE ON|OFF: as a part of another project, by FetchContent or by add_subdirectory, xent looks for no
# package that only tests or the program need, leaves that project's flags and targets alone, and installs nothing
# with it.
set -euo pipefail
source=$1
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

disabled=()
for package in GTest CLI11 nlohmann_json benchmark rapidcheck ZLIB; do
  disabled+=(-D "CMAKE_DISABLE_FIND_PACKAGE_$package=ON")
done
cmake -G Ninja -S "$(dirname "$0")/parent" -B "$folder/build" -D XENT="$source" -D FETCHED="$2" "${disabled[@]}" \
  >"$folder/log" 2>&1 || {
  cat "$folder/log"
  exit 1
}
ninja -C "$folder/build" CMakeFiles/user.dir/user.cpp.o
cmake --install "$folder/build" --prefix "$folder/prefix"
if [[ -n $(find "$folder/prefix" -type f 2>/dev/null) ]]; then
  printf 'WRONG: the project installs files of xent:\n'
  find "$folder/prefix" -type f
  exit 1
fi
