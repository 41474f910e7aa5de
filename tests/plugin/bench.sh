#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# bench.sh XENT PLUGINS: kernels of plugins are timed in their worker, and one that crashes at the benchmark's shapes
# is named, beside the times of the others.
xent=$(realpath "$1")
plugins=$(realpath "$2")
# shellcheck source=tests/programs/checks.sh
source "$(dirname "$0")/../programs/checks.sh" || exit 1

checks=$((checks + 1))
"$xent" bench --plugin "$plugins/right.so" --impl right,sparse --batch 32 --classes 100 --repetitions 3 --grad \
  --json times.json >out 2>err || wrong "right: $(cat out err)"
for text in '"implementation":"right"' '"implementation":"sparse"' 'right.so"'; do
  grep -qF -- "$text" times.json || wrong "no '$text'"
done

checks=$((checks + 1))
"$xent" bench --plugin "$plugins/crash_at_bench.so" --impl crash_at_bench,sparse --shapes 8x100,8x777 \
  --repetitions 3 --json times.json >out 2>err
status=$?
[[ $status -eq 1 ]] || wrong "crash_at_bench: exit $status instead of 1: $(cat out err)"
grep -q 'crash_at_bench, f32 8x777 labels: the kernel was ended by SIGABRT' out err || wrong "$(cat out err)"
[[ $(grep -c '"implementation":"sparse"' times.json) -eq 2 ]] || wrong 'the times of sparse'
[[ $(grep -c '"implementation":"crash_at_bench"' times.json) -eq 1 ]] || wrong 'the times at 8x100'

checks=$((checks + 1))
"$xent" pick --plugin "$plugins/right.so" --batch 8 --classes 10 --seconds 0.1 >out 2>err
[[ $? -le 1 ]] || wrong "pick: $(cat out err)"
grep -q '^right ' out || wrong "pick does not know right: $(cat out)"
passed
