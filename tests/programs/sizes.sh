#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# sizes.sh XENT: the records of the whole smoke budget are at most 1 MB, their page at most 500 kB.
set -euo pipefail
xent=$(realpath "$1")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"$xent" verify --budget smoke --json "$work/verify.json"
"$xent" report "$work/verify.json" --out "$work/report" >/dev/null
status=0

# at_most BYTES FILE
at_most() {
  local size
  size=$(stat -c %s "$work/$2")
  printf '%s: %d bytes, at most %d\n' "$2" "$size" "$1"
  [[ $size -le $1 ]] || status=1
}
at_most 1000000 verify.json
at_most 500000 report/index.html
exit "$status"
