#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# hostile.sh XENT PLUGINS: what a plugin does that no kernel may do is named with the case that provoked it, the
# results of an implementation beside it are what they are without it, and the exit code is 1.
xent=$(realpath "$1")
plugins=$(realpath "$2")
# shellcheck source=tests/programs/checks.sh
source "$(dirname "$0")/../programs/checks.sh" || exit 1

laws=loss_within_contract,two_callers
verify=("$xent" verify --dtype f32 --law "$laws" --budget smoke)

# records FILE: those of sparse, without what the clock says.
records() {
  tr -d ' \n' <"$1" | sed -E 's/"seconds":[-+.0-9e]+,?//g' | grep -oE '"implementation":"sparse".*"statements"'
}

"${verify[@]}" --impl sparse --json alone.json || wrong 'sparse alone'

# named PLUGIN TEXT…: it fails with each TEXT and a case, beside results of sparse that are as ever.
named() {
  checks=$((checks + 1))
  local name=$1 status
  shift
  "${verify[@]}" --plugin "$plugins/$name.so" --impl "$name,sparse" >out 2>err
  status=$?
  [[ $status -eq 1 ]] || wrong "$name: exit $status instead of 1: $(cat out err)"
  for text in "$@" 'case f32/' "--plugin $plugins/$name.so --impl $name"; do
    grep -qF -- "$text" out || wrong "$name: no '$text': $(cat out err)"
  done
  grep -q '^sparse: 2 laws passed$' out || wrong "$name: sparse beside it: $(cat out)"
}

named segfault 'was ended by SIGSEGV, at address 0x0'
named endless_loop 'did not return in 10 seconds'
named past_the_end 'wrote memory past the end of loss, at byte 1 behind its last'
named before_the_start 'wrote 4 bytes before the start of loss'
named input_overwritten 'wrote to its input labels, at byte 0'
named rounding_mode 'changed the floating-point environment: rounding is not to nearest'
named flush_to_zero 'changed the floating-point environment: subnormal numbers are flushed to zero'
named exits 'ended its process by exit(0)'
named throws 'threw a C++ exception: no such loss'
named prints 'wrote to standard output or standard error: "loss computed"'
named memory_without_end 'took all the memory that there is for it'

# Two callers of a kernel that lets them share an array.
checks=$((checks + 1))
"${verify[@]}" --plugin "$plugins/global_state.so" --impl global_state,sparse >out 2>err
status=$?
[[ $status -eq 1 ]] || wrong "global_state: exit $status instead of 1: $(cat out err)"
grep -q 'two_callers' out || wrong "global_state: $(cat out err)"
grep -q 'while another thread computed' out || wrong "global_state: $(cat out err)"
grep -q '^sparse: 2 laws passed$' out || wrong "global_state: sparse beside it: $(cat out)"

# A kernel that crashes in every call is set aside, and the run ends soon.
checks=$((checks + 1))
timeout 120 "$xent" verify --plugin "$plugins/segfault.so" --impl segfault --budget smoke >out 2>err
status=$?
[[ $status -eq 1 ]] || wrong "segfault: exit $status instead of 1: $(cat out err)"
timeout 120 "$xent" verify --plugin "$plugins/segfault.so" --impl segfault --budget smoke --verbose >out 2>err
grep -q 'set aside after 8 such faults' out || wrong "segfault is not set aside: $(cat out err)"

# The records of the others are the same with it and without it.
checks=$((checks + 1))
"${verify[@]}" --plugin "$plugins/exits.so" --impl exits,sparse --json beside.json
[[ $? -eq 1 ]] || wrong 'exits: exit code of --json'
grep -q '"plugin": "[^"]*exits.so"' beside.json || wrong 'the records do not name the plugin'
passed
