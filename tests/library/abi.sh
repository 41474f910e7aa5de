#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# abi.sh LIST LIBRARY… -- LAYOUTS…: the functions that the libraries show, and the layouts that the command
# LAYOUTS prints, are those of LIST, and each field of the headers is in it.
set -euo pipefail
list=$1
shift
libraries=()
while [[ $1 != -- ]]; do
  libraries+=("$1")
  shift
done
shift
found=$(mktemp)
trap 'rm -f "$found"' EXIT
{
  "$@"
  for library in "${libraries[@]}"; do
    printf 'shown by %s:\n' "$(basename "$library")"
    # Of the dynamic symbols those that the library defines; XENT_1 is the version itself.
    readelf -W --dyn-syms "$library" | awk '$7 ~ /^[0-9]+$|ABS/ { sub(/@@.*/, "", $8); print "  " $8 }' |
      LC_ALL=C sort
  done
} >"$found"
if ! diff "$list" "$found"; then
  printf 'WRONG: the C interface is not that of %s. What programs compiled before can live with, a new function\n' "$list"
  printf 'or a field at the end of a struct, goes into the list; with anything else XENT_ABI_VERSION grows.\n'
  exit 1
fi
