#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# tables.sh XENT PLUGINS: a plugin that cannot be loaded, or whose table breaks a rule, is refused in one line that
# names the file and the fault, with exit 2, by every verb that takes one.
xent=$(realpath "$1")
plugins=$(realpath "$2")
# shellcheck source=tests/programs/checks.sh
source "$(dirname "$0")/../programs/checks.sh" || exit 1

# refused FILE TEXT: by `list`.
refused() {
  checks=$((checks + 1))
  "$xent" list --plugin "$1" >out 2>err
  local status=$?
  [[ $status -eq 2 ]] || wrong "$1: exit $status instead of 2: $(cat err)"
  [[ $(wc -l <err) -eq 1 ]] || wrong "$1: not one line: $(cat err)"
  [[ ! -s out ]] || wrong "$1: something was printed"
  grep -qF -- "$1: $2" err || wrong "$1: no '$2': $(cat err)"
}

refused missing.so 'No such file or directory'
printf 'no library' >text.so
refused text.so 'cannot be loaded: '
mkdir folder
refused folder 'is no file'
bad=$plugins/bad
refused "${bad}_symbol.so" 'has no function xent_plugin_table'
refused "${bad}_version.so" "the table's plugin_version is 7, and this xent takes 1"
refused "${bad}_size.so" "the table's size is 8"
refused "${bad}_kernel_size.so" 'kernel 0: its size is 4'
refused "${bad}_null.so" 'xent_plugin_table returned null'
refused "${bad}_count.so" "the table's kernel_count is 0"
refused "${bad}_name.so" "kernel 0 'my kernel': its name is not made of letters, digits and underscores"
refused "${bad}_built_in.so" "kernel 0 'simd': there is an implementation of that name"
refused "${bad}_twice.so" "kernel 1 'mine': kernel 0 has that name too"
refused "${bad}_nan.so" "kernel 0 'mine': its loss_bound.ulp is NaN"
refused "${bad}_tier.so" "kernel 0 'mine': its grad_bound is above the 5 ulp of the tier that it claims"
refused "${bad}_bits.so" "kernel 0 'mine': its types have the unknown bits 0x200"
refused "${bad}_compute.so" "kernel 0 'mine': its compute is null"
refused "${bad}_contradiction.so" "kernel 0 'mine': its takes have XENT_TAKES_KL_DIVERGENCE"
refused "${bad}_function.so" "kernel 0 'mine': its grad_bound.absolute by bounds_of_row is NaN"
refused "${bad}_both.so" "kernel 0 'mine': it has both bounds_of_row and bounds of every row"
refused "$plugins/crashes_when_loaded.so" 'while it was loaded, it was ended by SIGABRT'

# One plugin twice, and the other verbs.
checks=$((checks + 1))
"$xent" list --plugin "$plugins/right.so" --plugin "$plugins/right.so" >out 2>err
[[ $? -eq 2 ]] || wrong 'a plugin twice'
grep -q 'there is an implementation of that name' err || wrong "a plugin twice: $(cat err)"
for verb in 'verify' 'bench' 'pick --batch 1 --classes 2' 'eval --impl right --logits x.npy --labels y.npy'; do
  checks=$((checks + 1))
  # shellcheck disable=SC2086  # a verb and its options
  "$xent" $verb --plugin "${bad}_null.so" >out 2>err
  [[ $? -eq 2 ]] || wrong "$verb: $(cat err)"
  grep -q 'xent_plugin_table returned null' err || wrong "$verb: $(cat err)"
done
passed
