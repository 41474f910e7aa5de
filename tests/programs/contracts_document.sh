#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# contracts_document.sh XENT ROOT: docs/contracts.sh puts the tables of results in the place of those of
# contracts.md, and leaves the rest as it is.
set -euo pipefail
xent=$1 root=$2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp "$root"/docs/contracts.{md,sh} "$work"
"$xent" verify --accuracy --impl sparse --case 'f32/normal(3)/4x10/labels/none/seed=0' \
  --json "$work/results.json" >/dev/null
"$work/contracts.sh" "$xent" "$work/results.json" >/dev/null

rest() { sed '/^<!-- tables/,/^<!-- end of the tables/d' "$1"; }
cmp <(rest "$root/docs/contracts.md") <(rest "$work/contracts.md")
if [[ $(grep -c '^| normal |' "$work/contracts.md") -ne 2 ]] || grep -q '^| naive |' "$work/contracts.md"; then
  echo 'not so: the tables are those of the results' >&2
  exit 1
fi
