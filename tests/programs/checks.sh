# SPDX-License-Identifier: MIT
# checks.sh, which scripts source: it goes to a new folder, removed in the end, and counts what is wrong.
set -uo pipefail
export LC_ALL=C
checks=0
faults=0
work=$(mktemp -d)
# A child that a signal ends before it executes its program runs this trap too.
trap '[[ $BASHPID -ne $$ ]] || rm -rf "$work"' EXIT
cd "$work" || exit 1

wrong() {
  printf 'WRONG: %s\n' "$*"
  faults=$((faults + 1))
}

# npy_header FILE DESCR SHAPE: a .npy file without its data.
npy_header() {
  printf '\x93NUMPY\1\0\x76\0%-117s\n' "{'descr': '$2', 'fortran_order': False, 'shape': $3, }" >"$1"
}

# passed: says how many checks there were; whether none was wrong.
passed() {
  printf '%d passed, %d failed\n' $((checks - faults)) "$faults"
  [[ $faults -eq 0 ]]
}
