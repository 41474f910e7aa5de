#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# hostile.sh XENT PLUGINS HOSTILE…: what each HOSTILE plugin does that no kernel may do is named with the case that
# provoked it, the results of an implementation beside it are what they are without it, and the exit code is 1.
xent=$(realpath "$1")
plugins=$(realpath "$2")
shift 2
# shellcheck source=tests/programs/checks.sh
source "$(dirname "$0")/../programs/checks.sh" || exit 1

verify=("$xent" verify --dtype f32 --law loss_within_contract,two_callers --budget smoke)

# records FILE: those of sparse, without what the clock says.
records() {
  awk '/^  \{"implementation":/ { shown = /"implementation":"sparse"/ } /^ "/ { shown = 0 } shown' "$1" |
    sed -E 's/"seconds":[-+.0-9e]+//g; s/[],}]+$//'
}

"${verify[@]}" --impl sparse --json alone.json >out || wrong 'sparse alone'
records alone.json >alone
[[ $(wc -l <alone) -eq 3 ]] || wrong "the records of sparse: $(cat alone)"

# named PLUGIN TEXT…: it fails with each TEXT and a case, beside results of sparse that are as ever.
named() {
  checks=$((checks + 1))
  local name=$1 status text
  shift
  "${verify[@]}" --plugin "$plugins/$name.so" --impl "$name,sparse" --json beside.json >out 2>err
  status=$?
  [[ $status -eq 1 ]] || wrong "$name: exit $status instead of 1: $(cat out err)"
  for text in "$@" 'case f32/' "--plugin $plugins/$name.so --impl $name"; do
    grep -qF -- "$text" out || wrong "$name: no '$text': $(cat out err)"
  done
  [[ ! -s err ]] || wrong "$name: to standard error: $(cat err)"
  records beside.json | cmp -s - alone || wrong "$name: sparse beside it: $(cat beside.json)"
  grep -qF "\"plugin\":\"$plugins/$name.so\"" beside.json || wrong "$name: the records do not name its file"
}

for hostile; do
  case $hostile in
    segfault) named segfault 'was ended by SIGSEGV, at address 0x0' ;;
    endless_loop) named endless_loop 'did not return in 10 seconds' ;;
    past_the_end) named past_the_end 'wrote memory past the end of loss, at byte 1 behind its last' ;;
    before_the_start) named before_the_start 'wrote memory before the start of loss, at byte 4 before it' ;;
    input_overwritten) named input_overwritten 'wrote to its input labels, at byte 0' ;;
    rounding_mode) named rounding_mode 'changed the floating-point environment: rounding is not to nearest' ;;
    flush_to_zero)
      named flush_to_zero 'changed the floating-point environment: subnormal numbers are flushed to zero' ;;
    exits) named exits 'ended its process by exit(0)' ;;
    throws) named throws 'threw a C++ exception: no such loss' ;;
    prints) named prints 'wrote to standard output or standard error: "loss computed"' ;;
    memory_without_end) named memory_without_end 'took all the memory that there is for it' ;;
    global_state) named global_state 'two_callers' 'while another thread computed' ;;
    set_aside) # A kernel that crashes in every call ends soon.
      checks=$((checks + 1))
      "$xent" verify --plugin "$plugins/segfault.so" --impl segfault --budget smoke --verbose >out 2>err
      status=$?
      [[ $status -eq 1 ]] || wrong "set aside: exit $status instead of 1: $(cat out err)"
      grep -q 'set aside after 8 such faults: the kernel was ended by SIGSEGV' out || wrong "set aside: $(cat out err)"
      ;;
    *) wrong "no hostile plugin $hostile" ;;
  esac
done
[[ $# -gt 0 ]] || wrong 'no hostile plugin was named'
passed
