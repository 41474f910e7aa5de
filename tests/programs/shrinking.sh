#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# shrinking.sh XENT: an input that is shortened or written to while it is read is one line that names it and
# exit 2; nothing is printed, no output appears, what was there stays. The program is stopped as soon as it
# has mapped the file, and it needs far longer than that for the work.
xent=$(realpath "$1")
# shellcheck source=tests/programs/checks.sh
source "$(dirname "$0")/checks.sh" || exit 1

# npy FILE DESCR SHAPE BYTES: zeros, which take no room on the disk.
npy() {
  npy_header "$1" "$2" "$3"
  truncate -s "$((128 + $4))" "$1"
}
make_inputs() {
  npy x.npy '<f4' '(2000, 1000)' 8000000
  npy y.npy '<i8' '(2000,)' 16000
  npy l.npy '<f4' '(2000,)' 8000
  npy g.npy '<f4' '(2000, 1000)' 8000000
  local header='{"x":{"dtype":"F32","shape":[2000,1000],"data_offsets":[0,8000000]},"y":{"dtype":"I64","shape":[2000],"data_offsets":[8000000,8016000]}}'
  printf '\xf8\0\0\0\0\0\0\0%-248s' "$header" >b.safetensors
  truncate -s $((256 + 8016000)) b.safetensors
}

# while_read TEXT FILE CHANGE… -- COMMAND…: CHANGE happens to the file once the command has mapped it as
# often as it names it, which is once for each tensor.
while_read() {
  local text=$1 file=$2 change=() pid status named
  shift 2
  while [[ $1 != -- ]]; do change+=("$1"); shift; done
  shift
  checks=$((checks + 1))
  make_inputs
  printf 'as it was' >out.npy
  printf 'as it was' >out.json
  named=$(printf '%s\n' "$@" | grep -c "^$file")
  "$@" >out 2>err &
  pid=$!
  until [[ $(grep -cs "/$file\$" "/proc/$pid/maps") -ge $named ]]; do
    kill -0 "$pid" 2>/dev/null || break
  done
  kill -STOP "$pid"
  "${change[@]}" "$file"
  kill -CONT "$pid"
  wait "$pid"
  status=$?
  [[ $status -eq 2 ]] || wrong "exit $status: ${change[*]} $file: $*"
  [[ $(wc -l <err) -eq 1 && $(cat err) == "xent $2: $file: $text"* ]] || wrong "${change[*]} $file: $*: $(cat err)"
  [[ ! -s out ]] || wrong "printed: ${change[*]} $file: $*: $(head -c 200 out)"
  [[ $(cat out.npy out.json) == 'as it wasas it was' ]] || wrong "an output appeared: ${change[*]} $file: $*"
  [[ -z $(find . -name '.xent-*') ]] || wrong "a temporary stays: $*"
}

write_one() { printf 'x' | dd of="$1" bs=1 seek=300 conv=notrunc status=none; }

npy_eval=("$xent" eval --impl reference --logits x.npy --labels y.npy --reduction none)
tensor_eval=("$xent" eval --impl reference --logits b.safetensors:x --labels b.safetensors:y --reduction none)
audit=("$xent" audit --logits x.npy --labels y.npy --reduction none)
tensor_audit=("$xent" audit --logits b.safetensors:x --labels b.safetensors:y --reduction none --loss l.npy)
outputs=(--loss-out out.npy --json out.json)
shorter='became shorter while it was read'
changed='was changed while it was read'

while_read "$shorter" x.npy truncate -s 0 -- "${npy_eval[@]}" "${outputs[@]}"
while_read "$shorter" x.npy truncate -s 200000 -- "${npy_eval[@]}" "${outputs[@]}"
while_read "$shorter" x.npy truncate -s 200000 -- "${npy_eval[@]}"
while_read "$shorter" x.npy truncate -s 200000 -- "${npy_eval[@]}" --threads 2 "${outputs[@]}" --grad-out out2.npy
while_read "$shorter" b.safetensors truncate -s 200000 -- "${tensor_eval[@]}" "${outputs[@]}"
while_read "$shorter" x.npy truncate -s 200000 -- "${audit[@]}" --loss l.npy --json out.json
while_read "$shorter" g.npy truncate -s 200000 -- "${audit[@]}" --grad g.npy
while_read "$shorter" b.safetensors truncate -s 200000 -- "${tensor_audit[@]}" --json out.json
# Within a page what is cut off reads as zeros, without a signal; and a write is no fault to the processor.
while_read "$changed" x.npy truncate -s -4 -- "${npy_eval[@]}" "${outputs[@]}"
while_read "$changed" x.npy truncate -s -4 -- "${npy_eval[@]}"
while_read "$changed" b.safetensors truncate -s -4 -- "${tensor_eval[@]}" "${outputs[@]}"
while_read "$changed" x.npy write_one -- "${npy_eval[@]}" "${outputs[@]}"
while_read "$changed" l.npy truncate -s -4 -- "${audit[@]}" --loss l.npy
while_read "$changed" b.safetensors write_one -- "${tensor_audit[@]}"
[[ ! -e out2.npy ]] || wrong 'a new output appeared'

# Unless something changes, these are read to the end.
make_inputs
"${npy_eval[@]}" "${outputs[@]}" || wrong 'eval of inputs that stay'
"${tensor_audit[@]}" >/dev/null 2>err
[[ $? -le 1 && ! -s err ]] || wrong "audit of inputs that stay: $(cat err)"

passed
