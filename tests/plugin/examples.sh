#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# examples.sh XENT PLUGINS DATA: the plugins of examples/plugin do what docs/plugins.md says of them.
xent=$(realpath "$1")
plugins=$(realpath "$2")
data=$(realpath "$3")
# shellcheck source=tests/programs/checks.sh
source "$(dirname "$0")/../programs/checks.sh" || exit 1

# ends CODE COMMAND…: the command's exit code.
ends() {
  checks=$((checks + 1))
  local code=$1 status
  shift
  "$@" >out 2>err
  status=$?
  [[ $status -eq $code ]] || wrong "exit $status instead of $code: $*: $(cat out err)"
}
# says TEXT: in what the last command printed.
says() {
  checks=$((checks + 1))
  grep -qF -- "$1" out || wrong "no '$1': $(cat out err)"
}

# The right one lists, computes, and passes every law that it can have.
ends 0 "$xent" list --plugin "$plugins/right.so" --impl right
says 'log-sum-exp without the 1 of the maximum, in double'
ends 0 "$xent" verify --plugin "$plugins/right.so" --impl right --dtype f32 --budget ci
says 'laws passed'
problem=(--logits "$data/digits_logits.npy" --labels "$data/digits_labels.npy")
ends 0 "$xent" eval --plugin "$plugins/right.so" --impl right "${problem[@]}" --grad-out right.npy
cp out right.txt
ends 0 "$xent" eval --impl reference "${problem[@]}" --grad-out exact.npy
cmp -s right.txt out || wrong "the mean of right is $(cat right.txt), that of the reference $(cat out)"

# The p - 1 gradient is found, by a law that is named, with a witness.
ends 1 "$xent" verify --plugin "$plugins/p_minus_one.so" --impl p_minus_one --budget smoke
says 'FAILED: gradient_within_contract'
says 'ulp off, the bound is'
says "repeat: xent verify --plugin $plugins/p_minus_one.so --impl p_minus_one"
repeat=$(grep -m1 -F 'repeat: xent verify' out | sed 's/.*repeat: xent //')
ends 1 bash -c "'$xent' $repeat"

# PyTorch's formula keeps what `stable` promises, and not what `accurate` does.
ends 0 "$xent" verify --plugin "$plugins/torch_formula.so" --impl torch_formula --dtype f32 --budget smoke
ends 1 "$xent" verify --plugin "$plugins/torch_formula.so" --impl torch_formula_accurate --budget smoke
says 'FAILED: loss_within_contract'

# Bounds that are a function of the row.
ends 0 "$xent" verify --plugin "$plugins/bounds_of_row.so" --impl by_function --dtype f32 --budget smoke
ends 1 "$xent" verify --plugin "$plugins/bounds_of_row.so" --impl too_small --dtype f32 --law loss_within_contract
says 'ulp off, the bound is'

# A kernel without a claim is measured.
ends 0 "$xent" verify --plugin "$plugins/unclaimed.so" --impl unclaimed --dtype f32 --budget smoke
says 'measured: f32 loss:'
says 'these errors would deserve the tier: f32 stable'
passed
