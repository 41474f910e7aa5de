#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# contracts.sh XENT [RESULTS]: writes the tables of contracts.md anew, between its marks, from RESULTS, or
# from `xent verify --accuracy --budget full`, which takes about 20 minutes.
set -euo pipefail
xent=$(realpath "$1")
document=$(realpath "$(dirname "$0")")/contracts.md
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

if [[ $# -gt 1 ]]; then
  cp "$2" "$work/results.json"
fi
cd "$work"
if [[ ! -e results.json ]]; then
  # 1: a contract is broken, which the tables show
  "$xent" verify --accuracy --budget full --json results.json || [[ $? -eq 1 ]]
fi
"$xent" report results.json --out report || [[ $? -eq 1 ]]
{
  sed '/^<!-- tables/q' "$document"
  echo
  cat report/contracts.md
  echo
  sed -n '/^<!-- end of the tables/,$p' "$document"
} >new.md
cp new.md "$document"
