#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# outputs.sh XENT DATA: outputs that collide with each other or with an input are refused before the work, in
# one line that names both options; tensors join .safetensors files; links, modes and names stay.
xent=$(realpath "$1")
data=$(realpath "$2")
# shellcheck source=tests/programs/checks.sh
source "$(dirname "$0")/checks.sh" || exit 1

# All files but these two, with their inodes: one that is written anew is another, though it hold the same.
state() {
  find . -type f ! -name err ! -name out -printf '%p %i %m\n' | sort
  find . -type f ! -name err ! -name out -print0 | sort -z | xargs -0r cksum
}

# refused TEXT… -- COMMAND…: exit 2, one line with each TEXT, and no file changed.
refused() {
  local texts=() before status
  while [[ $1 != -- ]]; do texts+=("$1"); shift; done
  shift
  checks=$((checks + 1))
  before=$(state)
  "$@" >out 2>err
  status=$?
  [[ $status -eq 2 ]] || wrong "exit $status instead of 2: $*"
  [[ $(wc -l <err) -eq 1 ]] || wrong "not one line: $*: $(cat err)"
  for text in "${texts[@]}"; do
    grep -qF -- "$text" err || wrong "no '$text': $*: $(cat err)"
  done
  [[ $before == "$(state)" ]] || wrong "files changed: $*"
}

# holds WHAT COMMAND…: the command succeeds.
holds() {
  checks=$((checks + 1))
  local what=$1
  shift
  "$@" >out 2>err || wrong "$what: $* (exit $?): $(cat err)"
}

# names FILE NAME…: the .safetensors file holds these tensors and no other, in the order of the header.
names() {
  checks=$((checks + 1))
  local found
  found=$(grep -aoE '"[^"]*":\{"dtype"' "$1" | head -c 4096 | sed 's/":.*//; s/"//' | sort | tr '\n' ' ')
  [[ $found == "$(printf '%s\n' "${@:2}" | sort | tr '\n' ' ')" ]] || wrong "$1 holds $found, not ${*:2}"
}

cp "$data/digits_logits.npy" x.npy
cp "$data/digits_labels.npy" y.npy
eval=("$xent" eval --impl sparse --logits x.npy --labels y.npy --reduction none)
"${eval[@]}" --loss-out l.npy --grad-out g.npy --json e.json || wrong 'eval'
ln -s q soft
ln x.npy hard.npy
mkdir folder
ln -s ../q folder/soft

# Outputs among themselves.
for other in q ./q "$work/q" folder/../q soft folder/soft missing/../q; do
  refused --loss-out --grad-out 'the same file' -- "${eval[@]}" --loss-out q --grad-out "$other"
  refused --loss-out --json 'the same file' -- "${eval[@]}" --loss-out q --json "$other"
  refused --grad-out --lse-out 'the same file' -- "${eval[@]}" --grad-out "$other" --lse-out q
done
refused --loss-out --json 'the same file' -- "${eval[@]}" --loss-out l.npy --json ./l.npy
refused --json --loss-out -- "${eval[@]}" --loss-out q.safetensors:loss --json q.safetensors
refused --loss-out --grad-out "the same tensor" -- "${eval[@]}" --loss-out q.safetensors:t --grad-out ./q.safetensors:t
refused --loss-out --grad-out "the same tensor" -- "${eval[@]}" --loss-out q.safetensors:grad --grad-out q.safetensors
verify=("$xent" verify --impl sparse --dtype f32 --law ties)
refused --json --junit 'the same file' -- "${verify[@]}" --json v --junit ./v
refused --json --junit 'the same file' -- "${verify[@]}" --json - --junit -
refused --junit 'standard output' -- "${verify[@]}" --junit -
refused 'f.safetensors: the name of the tensor' 'is empty' -- "${eval[@]}" --loss-out f.safetensors:
refused 'the name of the tensor' 'is empty' -- "${eval[@]}" --loss-out l.npy --lse-out folder/F.SafeTensors:
refused --loss-out 'tensors go to files' -- "${eval[@]}" --loss-out -

# An output that is an input, or what standard output was redirected to.
for name in x.npy ./x.npy hard.npy; do
  refused --loss-out --logits 'would replace' -- "${eval[@]}" --loss-out "$name"
  refused --json --logits 'would replace' -- "${eval[@]}" --json "$name"
  refused --json --logits 'would replace' -- "$xent" audit --logits x.npy --labels y.npy --loss l.npy --json "$name"
done
refused --grad-out --labels 'would replace' -- "${eval[@]}" --grad-out y.npy
refused --json --loss 'would replace' -- "$xent" audit --logits x.npy --labels y.npy --loss l.npy --json l.npy
refused --json --grad 'would replace' -- "$xent" audit --logits x.npy --labels y.npy --grad g.npy --json g.npy
checks=$((checks + 1))
"${verify[@]}" --json both >both 2>err && wrong 'a file is what standard output was redirected to'
grep -q 'the same file' err || wrong "not named: $(cat err)"
"${verify[@]}" --json v.json >out || wrong 'verify'
mkdir made
cp v.json made/index.html
refused RESULTS 'would replace' -- "$xent" report made/index.html --out made
refused --json RESULTS 'would replace' -- "$xent" report v.json --out made2 --json v.json
refused --json index.html 'the same file' -- "$xent" report v.json --out made2 --json made2/./index.html
checks=$((checks + 1))
[[ ! -e made2 ]] || wrong 'a folder is made for a report that is refused'
: >taken
refused 'taken: cannot be made' -- "$xent" report v.json --out taken
holds 'a report' "$xent" report v.json --out made3
checks=$((checks + 1))
[[ $(find made3 -type f | wc -l) -eq 5 && -s made3/junit.xml ]] || wrong "a report is not whole: $(ls -A made3)"
holds 'nothing is in /dev/null' "${eval[@]}" --loss-out /dev/null --grad-out /dev/null --lse-out /dev/null

# Tensors join a file, and leave what it holds.
holds 'two tensors in one file' "${eval[@]}" --loss-out q.safetensors:loss --grad-out q.safetensors:grad
names q.safetensors loss grad
holds 'names by themselves' "${eval[@]}" --loss-out d.safetensors --grad-out d.safetensors --lse-out d.safetensors
names d.safetensors loss grad lse
holds 'both are right' "$xent" audit --logits x.npy --labels y.npy --loss q.safetensors:loss --grad q.safetensors:grad --max-ulp 5
holds 'a third' "${eval[@]}" --lse-out q.safetensors:lse
names q.safetensors loss grad lse
holds 'a third leaves the others' "$xent" audit --logits x.npy --labels y.npy --loss q.safetensors:loss --grad q.safetensors:grad --lse q.safetensors:lse --max-ulp 5
ln q.safetensors hard.safetensors
ln -s q.safetensors soft.safetensors
refused --loss-out --grad-out 'hard links of one file' -- "${eval[@]}" --loss-out hard.safetensors:a --grad-out q.safetensors:b
holds 'a symbolic link is another way to one name' "${eval[@]}" --loss-out soft.safetensors:loss --grad-out q.safetensors:grad
names q.safetensors loss grad lse
rm hard.safetensors soft.safetensors
ln -s later.safetensors soft.safetensors
holds 'so is one that leads nowhere yet' "${eval[@]}" --loss-out folder/../soft.safetensors:loss --grad-out later.safetensors:grad
names later.safetensors loss grad
rm soft.safetensors
holds 'an extension in capitals' "${eval[@]}" --loss-out UP.SAFETENSORS:loss --grad-out UP.SAFETENSORS:grad
names UP.SAFETENSORS loss grad
holds 'is read' "$xent" audit --logits x.npy --labels y.npy --loss UP.SAFETENSORS:loss --max-ulp 5
holds 'one is replaced' "$xent" eval --impl sparse --logits x.npy --labels y.npy --loss-out q.safetensors:loss
names q.safetensors loss grad lse
batch() {
  printf '\xf0\0\0\0\0\0\0\0%-240s' '{"__metadata__":{"source":"a \"b\""},"x":{"dtype":"F32","shape":[2,2],"data_offsets":[0,16]},"y":{"dtype":"I64","shape":[2],"data_offsets":[16,32]},"odd":{"dtype":"F8_E9","shape":[3],"data_offsets":[32,35]}}'
  printf '\0\0\x80\x3f\0\0\0\0\0\0\0\0\0\0\0\x40\0\0\0\0\0\0\0\0\1\0\0\0\0\0\0\0abc'
}
batch >batch.safetensors
inputs=(--impl sparse --logits batch.safetensors:x --labels batch.safetensors:y --reduction none)
holds 'before' "$xent" eval "${inputs[@]}" --loss-out before.npy
holds 'an output joins its inputs' "$xent" eval "${inputs[@]}" --loss-out batch.safetensors:loss
names batch.safetensors x y odd loss
holds 'the inputs are as before' "$xent" eval "${inputs[@]}" --loss-out after.npy
holds 'the inputs are as before' cmp before.npy after.npy
holds 'metadata stay' grep -aqF '{"__metadata__":{"source":"a \"b\""}' batch.safetensors
holds 'bytes of a type that is not known stay' bash -c '[[ $(tail -c 3 batch.safetensors) == abc ]]'
holds 'the loss is right' "$xent" audit --logits batch.safetensors:x --labels batch.safetensors:y --loss batch.safetensors:loss --max-ulp 3
refused --grad-out --logits 'would replace' 'another tensor' -- "$xent" eval "${inputs[@]}" --grad-out batch.safetensors:x
refused --loss-out --labels 'would replace' -- "$xent" eval "${inputs[@]}" --loss-out ./batch.safetensors:y
refused --json --logits 'would replace' -- "$xent" eval "${inputs[@]}" --json batch.safetensors
printf 'no tensors' >text.safetensors
refused 'text.safetensors: ' -- "${eval[@]}" --loss-out text.safetensors:loss

# Whether an output can be written is known first: these would compute for a long time.
for place in /dev/full/x missing/x.npy folder; do
  refused "$place" -- timeout 20 "$xent" verify --budget full --impl sparse --json "$place"
  refused "$place" -- timeout 20 "$xent" verify --budget full --impl sparse --junit "$place"
  refused "$place" -- timeout 20 "$xent" bench --repetitions 1000 --json "$place"
  refused "$place" -- timeout 20 "$xent" pick --batch 4 --classes 3 --seconds 1000 --json "$place"
done
# What fails in the end: output so small that only the last flush meets the full disk, and large output.
npy_header x2.npy '<f4' '(2, 3)'
npy_header y2.npy '<i8' '(2,)'
truncate -s +24 x2.npy
truncate -s +16 y2.npy
small=("$xent" eval --impl sparse --logits x2.npy --labels y2.npy --reduction none)
for options in '--loss-out l.npy --grad-out /dev/full' '--loss-out /dev/full --grad-out l.npy' \
  '--loss-out l.npy --lse-out /dev/full' '--loss-out l.npy --json /dev/full' \
  '--loss-out new.npy --grad-out /dev/full'; do
  read -ra words <<<"$options"
  refused '/dev/full: cannot be written' -- "${eval[@]}" "${words[@]}"
  refused '/dev/full: cannot be written' -- "${small[@]}" "${words[@]}"
done
refused 'standard output: No space left' -- bash -c '"$@" --loss-out l.npy --json - >/dev/full' - "${eval[@]}"
holds 'no temporary stays' bash -c '[[ -z $(find . -name "*.part*") ]]'

# Links and modes.
ln -s far/target link
mkdir far
holds 'a link is written through' "${eval[@]}" --loss-out link
checks=$((checks + 1))
[[ -L link && -s far/target ]] || wrong 'a link is replaced'
chmod 600 l.npy
holds 'a mode stays' "${eval[@]}" --loss-out l.npy
checks=$((checks + 1))
[[ $(stat -c %a l.npy) == 600 ]] || wrong "the mode is $(stat -c %a l.npy)"

# Names of any bytes, and commands that can be pasted.
for name in $'L\xe9.npy' "it's.npy" 'a`b`.npy' $'new\nline.npy' '~!#[{=.npy' $'esc\e[1m.npy' "\$'x'.npy" 'a b.npy'; do
  cp x.npy "./$name"
  audit=("$xent" audit --logits "./$name" --labels y.npy --loss l.npy --max-ulp 3)
  holds "JSON of $name" "${audit[@]}" --json audit.json
  holds "JSON of $name is UTF-8" iconv -f UTF-8 -t UTF-8 audit.json
  command=$(sed -n 's/^ *"command": "\(.*\)",*$/\1/p' audit.json | head -n 1 | sed 's/\\\(["\\]\)/\1/g')
  holds "the command of $name can be pasted" bash -c "${command/#xent/$xent}"
  refused "'" -- "$xent" audit --logits "missing-$name'" --labels y.npy --loss l.npy
  holds "the line of $name is printable" bash -c '! LC_ALL=C grep -qP "[\x00-\x08\x0b-\x1f\x7f-\xff]" err'
done
# text KEY FILE: the first string of that key in records, which holds no escape but \" and \\.
text() { grep -oE "\"$1\":\"([^\"\\]|\\\\.)*\"" "$2" | head -n 1 | sed "s/^\"$1\":\"//; s/\"\$//" | sed 's/\\\(["\\]\)/\1/g'; }
# The files that these patterns would match, if a shell saw them bare, name no law and no case.
: >'ties;' >'*;x'
holds 'patterns' "$xent" verify --impl 'spars?' --dtype f32 --law 'tie*' --json whole.json
holds 'the work of a run can be pasted' bash -c "${xent@Q} $(text whole whole.json) --json whole2.json"
checks=$((checks + 1))
[[ $(text whole whole.json) == "$(text whole whole2.json)" && $(text whole whole.json) == *"'spars?'"* ]] ||
  wrong "another work when pasted: $(text whole whole.json)"
recipe='f32/normal(1)/3x4/labels/none/seed=7'
holds 'one case' "$xent" verify --impl sparse --dtype f32 --accuracy --case "$recipe" --json case.json
repeat=$(grep -v '"version"' case.json >witnesses.json; text command witnesses.json)
holds 'the repeat command of a case can be pasted' bash -c "${repeat/#xent/${xent@Q}} --json repeat.json"
holds 'it repeats the case' grep -qF "$recipe" repeat.json

mkdir $'r\xe9'
holds 'a report in a folder of any name' "$xent" report v.json --out $'r\xe9' --json -

"${verify[@]}" --shard 1/2 --json $'1\xe9.json' >/dev/null
cp $'1\xe9.json' $'2\xe9.json'
refused '2\351.json' '1\351.json' 'once more' -- "$xent" report $'1\xe9.json' $'2\xe9.json' --out twice
sed 's/"law":"ties"/"law":"ti\\u001b[31mes\\u0007,\\r"/' v.json >control.json
"$xent" report control.json --out control >/dev/null 2>&1
checks=$((checks + 1))
grep -q '31mes' control/results.csv || wrong "no such law: $(head -c 300 control/results.csv)"
for file in control/*; do
  checks=$((checks + 1))
  tr -d '\r' <"$file" | LC_ALL=C grep -qP '[\x00-\x08\x0b-\x1f\x7f]' && wrong "control characters in $file"
done

passed
