#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# streams.sh XENT DATA: standard error that cannot be written stops nothing; standard output that cannot is
# one line and exit 2; closed descriptors are no output files.
xent=$(realpath "$1")
data=$(realpath "$2")
# shellcheck source=tests/programs/checks.sh
source "$(dirname "$0")/checks.sh" || exit 1

# expect CODE COMMAND…: the shell command exits with CODE.
expect() {
  checks=$((checks + 1))
  local status
  bash -c "$2" 2>err
  status=$?
  [[ $status -eq $1 ]] && return
  printf 'WRONG: exit %d instead of %d: %s: %s\n' "$status" "$1" "$2" "$(cat err)"
  faults=$((faults + 1))
}

# says TEXT: so did the last command on standard error, in one line.
says() {
  checks=$((checks + 1))
  [[ $(wc -l <err) -eq 1 ]] && grep -qF -- "$1" err && return
  printf 'WRONG: not one line with "%s": %s\n' "$1" "$(cat err)"
  faults=$((faults + 1))
}

eval="'$xent' eval --logits '$data/digits_logits.npy' --labels '$data/digits_labels.npy'"
# The logits that `naive` takes are smaller: a note is due.
npy_header wide.npy '<f4' '(1, 2)'
printf '\0\0\x7a\x43\0\0\0\0' >>wide.npy
npy_header label.npy '<i8' '(1,)'
printf '\0\0\0\0\0\0\0\0' >>label.npy
noted="'$xent' eval --impl naive --logits wide.npy --labels label.npy"

expect 0 "$noted --loss-out l.npy"
says 'note: outside the domain'
closed='exec 5> >(exec true); wait $!' # descriptor 5: a pipe that nobody reads
for stderr in '2>/dev/full' '2>&-' '2>&5'; do
  rm -f l.npy
  expect 0 "$closed; $noted --loss-out l.npy $stderr"
  expect 0 'test -s l.npy'
  expect 2 "$closed; '$xent' evaluate $stderr"
  expect 2 "$closed; '$xent' eval --impl sparse --logits missing.npy --labels label.npy $stderr"
  expect 2 "$closed; '$xent' list --json /dev/full >/dev/null $stderr"
done
# A reader that has seen enough ends the program as it does every other, unless that is ignored.
for arguments in --version --help 'verify --help' list 'list --json -'; do
  expect 2 "'$xent' $arguments >/dev/full"
  says 'standard output: No space left on device'
  expect 2 "'$xent' $arguments >&-"
  says 'standard output: Bad file descriptor'
  expect 2 "$closed; trap '' PIPE; '$xent' $arguments >&5"
  says 'standard output: Broken pipe'
  expect 141 "$closed; '$xent' $arguments >&5"
  expect 0 "'$xent' $arguments >/dev/null"
done
# No file gets the number of a stream: nothing but the results is in them.
expect 0 "$eval --impl sparse --reduction none --loss-out l0.npy --grad-out g0.npy"
expect 0 "$eval --impl sparse --reduction none --loss-out l1.npy --grad-out g1.npy <&- >&- 2>&-"
expect 0 'cmp l0.npy l1.npy && cmp g0.npy g1.npy'
expect 0 "$noted --loss-out l.npy 2>&-"
expect 0 "$noted --loss-out l2.npy && cmp l.npy l2.npy"

passed
