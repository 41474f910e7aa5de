#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# audit_pytorch.sh XENT ROOT: what examples/audit_pytorch.py saves is judged, and its table has a row of
# PyTorch, which loses losses, and one of each implementation, which does not. Exit 77: without PyTorch.
set -euo pipefail
xent=$1 root=$2
/usr/bin/python3 -c 'import numpy, torch' 2>/dev/null || exit 77

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp "$root/cases/data/digits_logits.npy" "$work/logits.npy"
cp "$root/cases/data/digits_labels.npy" "$work/labels.npy"
cd "$work"

expect() {
  grep -Eq "$1" <<<"$2" || { printf 'not so: %s in\n%s\n' "$1" "$2" >&2; exit 1; }
}

"$root/examples/audit_pytorch.py"
judged=$("$xent" audit --logits logits.npy --labels labels.npy --loss loss.npy --grad grad.npy)
expect '^AS GOOD AS THE TEXTBOOK: .* small losses .* became 0' "$judged"
table=$("$root/examples/audit_pytorch.py" --beside sparse simd --xent "$xent")
expect '^\| PyTorch [^|]*\| [1-9][0-9]* of 600 \|' "$table"
for name in sparse simd; do
  expect "^\| xent .$name. \| 0 of 600 \| [0-9.]+ \| 0 of 600 \| [0-9.]+ \|" "$table"
done
