#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# bad_input.sh XENT DATA [PEER…]: every fault of the command line or of a file is one line on standard error
# that names it, exit code 2, and nothing written.
xent=$(realpath "$1")
data=$(realpath "$2")
# shellcheck source=tests/programs/checks.sh
source "$(dirname "$0")/checks.sh" || exit 1

# expect CODE TEXT COMMAND…: it exits with CODE, and its one line on standard error holds TEXT.
expect() {
  local code=$1 text=$2
  shift 2
  checks=$((checks + 1))
  local before after status
  before=$(find . -type f ! -name err -newer logits.npy | sort | xargs -r cksum)
  "$@" >/dev/null 2>err
  status=$?
  after=$(find . -type f ! -name err -newer logits.npy | sort | xargs -r cksum)
  [[ $status -eq $code ]] || wrong "exit $status instead of $code: $*"
  [[ $(wc -l <err) -eq 1 ]] || wrong "not one line: $*: $(cat err)"
  grep -qF -- "$text" err || wrong "no '$text': $*: $(cat err)"
  [[ $before == "$after" ]] || wrong "files changed: $*"
}

# variant FILE SED…: a copy of the valid logits with its header edited.
variant() { sed "$2" logits.npy >"$1"; }

# shellcheck disable=SC2317  # called by expect
with_small_files() ( trap '' XFSZ; ulimit -f 1; "$@" )

cp "$data/digits_logits.npy" logits.npy
cp "$data/digits_labels.npy" labels.npy
mkdir folder
eval_with() { echo "$xent" eval --impl sparse --logits "$1" --labels "${2:-labels.npy}" "${@:3}"; }

head -c 100 logits.npy >cut_header.npy
head -c 2000 logits.npy >cut_data.npy
(cat logits.npy; echo more) >longer.npy
printf 'not numpy at all, really' >text.npy
: >empty.npy
variant half.npy "1s/<f4/<f2/"
variant raw16.npy "1s/<f4/<u2/;1s/(600, 10)/(600, 20)/"
variant weight.npy "1s/(600, 10), }/(10,), }     /"
truncate -s 168 weight.npy
variant garbled.npy "1s/'descr'/'drscr'/"
variant overflow.npy "1s/(600, 10), }/(9999999999, 99999999999), }/"
variant negative.npy "1s/(600, 10)/(-60, 10)/"
cp labels.npy high_label.npy; printf '\012' | dd of=high_label.npy bs=1 seek=128 conv=notrunc status=none
cp labels.npy low_label.npy; printf '\377\377\377\377\377\377\377\377' | dd of=low_label.npy bs=1 seek=144 conv=notrunc status=none

for file in missing.npy folder cut_header.npy cut_data.npy longer.npy text.npy empty.npy half.npy raw16.npy \
  garbled.npy overflow.npy negative.npy; do
  # shellcheck disable=SC2046  # words
  expect 2 "$file: " $(eval_with $file) --loss-out out.npy
done
# shellcheck disable=SC2046
{
  expect 2 'raw16.npy: holds 16-bit patterns: --logits-dtype says what they stand for' $(eval_with raw16.npy)
  expect 2 'logits.npy: holds f32, not bf16 as --logits-dtype says' $(eval_with logits.npy) --logits-dtype bf16
  expect 2 'labels.npy: holds integers' $(eval_with labels.npy)
  expect 2 'logits.npy: holds f32; integers are wanted' $(eval_with logits.npy logits.npy)
  expect 2 'ocr_ctc_labels.npy: has the shape [24], not [600]' $(eval_with logits.npy "$data/ocr_ctc_labels.npy")
  expect 2 'high_label.npy: label 10 of row 0 is not in [0, 10)' $(eval_with logits.npy high_label.npy)
  expect 2 'low_label.npy: label -1 of row 2' $(eval_with logits.npy low_label.npy)
  expect 2 'ocr_ctc_logits.npy: has the shape [24, 6625], not [600, 10]' "$xent" eval --impl simd --logits logits.npy --probs "$data/ocr_ctc_logits.npy"
  expect 2 'give one of --labels, --probs, --csr and --teacher-classes' "$xent" eval --impl simd --logits logits.npy
  expect 2 'give one of --labels, --probs, --csr and --teacher-classes' $(eval_with logits.npy) --probs logits.npy
  expect 2 "unknown implementation 'fast'" "$xent" eval --impl fast --logits logits.npy --labels labels.npy
  expect 2 "unknown reduction 'median'" $(eval_with logits.npy) --reduction median
  expect 2 "unknown instruction set 'MMX'" $(eval_with logits.npy) --instruction-set MMX
  expect 2 'labels.npy: holds integers (i64); numbers are wanted' $(eval_with logits.npy) --weight labels.npy --weight-dtype bf16
  expect 2 '--in-place needs --grad-out' $(eval_with logits.npy) --in-place
  expect 2 "--threads: '0' is not an integer from 1 to 1024" $(eval_with logits.npy) --threads 0
  expect 2 '--instruction-set does not apply' "$xent" eval --impl reference --logits logits.npy --labels labels.npy --instruction-set AVX2
  expect 2 'logits.npy: has the shape [600, 10], not [10]' $(eval_with logits.npy) --weight logits.npy
  expect 2 'labels.npy: holds integers' $(eval_with logits.npy) --weight labels.npy
  expect 2 "--label-smoothing: '2' is not a number from 0 to 1" $(eval_with logits.npy) --label-smoothing 2
  expect 2 "--label-smoothing: 'nan' is not a number from 0 to 1" $(eval_with logits.npy) --label-smoothing nan
  expect 2 'weight.npy: has the shape [10], not [600]' $(eval_with logits.npy) --row-weight weight.npy
  expect 2 "--z-loss: 'nan' is not a number from 0 to 0.5" $(eval_with logits.npy) --z-loss nan
  expect 2 "--temperature: '0' is not a number from 0.0009765625 to 1024" $(eval_with logits.npy) --temperature 0
  expect 2 "--softcap: 'inf' is not a number from 0.0009765625 to 1024" $(eval_with logits.npy) --softcap inf
  expect 2 '--input: a clip needs an input of probs, not of logits' $(eval_with logits.npy) --clip 0.1
  expect 2 '--input: a z-loss needs an input of logits, not of log-probs' $(eval_with logits.npy) --input log-probs --z-loss 0.1
  expect 2 "unknown input 'logprobs'; did you mean 'log-probs'?" $(eval_with logits.npy) --input logprobs
  expect 2 "unknown result 'logprobs'; did you mean 'log-probs'?" $(eval_with logits.npy) --out logprobs
  # the options are looked at before any file is
  expect 2 "unknown result 'x'; there are loss, log-probs" $(eval_with no_such_file.npy) --out x
  expect 2 "unknown input 'x'; there are logits, log-probs, probs" $(eval_with no_such_file.npy) --input x
  expect 2 '--lse-out and --log-softmax-out need an input of logits' $(eval_with no_such_file.npy) --input probs --lse-out lse.npy
  expect 2 "unknown element type 'f8'" $(eval_with no_such_file.npy) --loss-dtype f8
  expect 2 "unknown element type 'f8'" $(eval_with no_such_file.npy) --logits-dtype f8
  expect 2 '--ignore-index needs --labels' "$xent" eval --impl reference --logits logits.npy --probs logits.npy --ignore-index 1
  expect 2 'class axis 2 is not an axis of [600, 10]' $(eval_with logits.npy) --class-axis 2
  expect 2 'labels.npy: has the shape [600], not [10]' $(eval_with logits.npy) --class-axis 0
  expect 2 '--csr labels.npy is not FILE.safetensors:PREFIX' "$xent" eval --impl simd --logits logits.npy --csr labels.npy
  expect 2 'out/loss.npy: cannot be written' $(eval_with logits.npy) --loss-out out/loss.npy
  expect 2 'folder: is a directory' $(eval_with logits.npy) --loss-out folder
  expect 2 '/dev/full: cannot be written: No space left' $(eval_with logits.npy) --loss-out /dev/full
  expect 2 '/dev/full: cannot be written: No space left' $(eval_with logits.npy) --grad-out /dev/full --loss-out out.npy
  expect 2 'grad.npy: cannot be written: File too large' with_small_files $(eval_with logits.npy) --grad-out grad.npy --loss-out out.npy
}

audit_with() { echo "$xent" audit --logits logits.npy --labels labels.npy "$@"; }
# shellcheck disable=SC2046
{
  expect 2 'give --loss, --grad, --lse or --log-softmax' $(audit_with)
  expect 2 'missing.npy: ' $(audit_with --loss missing.npy)
  expect 2 '--lse and --log-softmax need an input of logits' $(audit_with --lse missing.npy --input log-probs)
  expect 2 "unknown element type 'f8'" $(audit_with --loss missing.npy --grad-dtype f8)
  expect 2 "unknown element type 'f8'" $(audit_with --loss missing.npy --ulp-of f8)
  expect 2 'labels.npy: holds integers' $(audit_with --loss labels.npy)
  expect 2 'weight.npy: has the shape [10]; losses of the rows are [600]' $(audit_with --loss weight.npy)
  expect 2 'weight.npy: has the shape [10], the logits [600, 10]' $(audit_with --grad weight.npy)
  expect 2 'cut_data.npy: ' $(audit_with --grad cut_data.npy)
  expect 2 "--max-ulp: '-1' is not a number of at least 0" $(audit_with --grad logits.npy --max-ulp -1)
  expect 2 "unknown element type 'f8'" $(audit_with --grad logits.npy --ulp-of f8)
  expect 2 "unknown tier 'acurate'; did you mean 'accurate'?" $(audit_with --grad logits.npy --tier acurate)
  expect 2 '--tier stable demands nothing of results' $(audit_with --grad logits.npy --tier stable)
  expect 2 '--self-test reads nothing: --logits does not go with it' $(audit_with --self-test)
}

# What does not fit the logits: the message says what would.
# zeros FILE DESCR SHAPE ELEMENTS SIZE: a .npy file of so many elements that are 0.
zeros() { npy_header "$1" "$2" "$3"; truncate -s $((128 + $4 * $5)) "$1"; }
zeros x3.npy '<f4' '(2, 8, 50)' 800 4
zeros rows_8.npy '<i8' '(2, 8)' 16 8
zeros rows_7.npy '|u1' '(2, 7)' 14 1
zeros rows_51.npy '<i4' '(2, 51)' 102 4
zeros rows_50_2.npy '<i4' '(50, 2)' 100 4
zeros rows_100.npy '<i4' '(100,)' 100 4
zeros cube.npy '<f4' '(4, 4, 5)' 80 4
zeros x4.npy '<f4' '(4, 5, 4, 4)' 320 4
zeros rows_454.npy '<i4' '(4, 5, 4)' 80 4
zeros square.npy '<i4' '(4, 4)' 16 4
zeros rows_5.npy '<i4' '(5, 4)' 20 4
zeros column.npy '<i8' '(600, 1)' 600 8
zeros transposed.npy '<f4' '(10, 600)' 6000 4
zeros one_hot.npy '<i8' '(600, 10)' 6000 8
zeros loss_599.npy '<f4' '(599,)' 599 4
zeros other.npy '<i8' '(2, 9)' 18 8
cp labels.npy ignored.npy
for row in 3 5; do printf '\234\377\377\377\377\377\377\377' | dd of=ignored.npy bs=1 seek=$((128 + 8 * row)) conv=notrunc status=none; done
cp ignored.npy two_kinds.npy
printf '\377\377\377\377\377\377\377\377' | dd of=two_kinds.npy bs=1 seek=136 conv=notrunc status=none
zeros bytes_255.npy '|u1' '(600,)' 600 1
printf '\377' | dd of=bytes_255.npy bs=1 seek=130 conv=notrunc status=none
probs_with() { echo "$xent" eval --impl simd --logits logits.npy --probs "$1"; }
# fits TEXT COMMAND…: the message holds TEXT, and is no long line.
fits() { expect 2 "$1" "${@:2}"; [[ $(wc -c <err) -le 240 ]] || wrong "a long line: $(cat err)"; }
# exactly TEXT COMMAND…: the message ends in TEXT.
exactly() { fits "$@"; [[ $(<err) == *"$1" ]] || wrong "more than '$1': $(cat err)"; }
# shellcheck disable=SC2046
{
  fits 'rows_8.npy: has the shape [2, 8], not [2, 50]; --class-axis 2 would fit' $(eval_with x3.npy rows_8.npy)
  fits 'labels.npy: has the shape [600], not [10]; --class-axis 1 would fit' $(eval_with logits.npy) --class-axis 0
  fits 'labels.npy: has the shape [600], not [10]; --class-axis 1 would fit' $(eval_with logits.npy) --class-axis -2
  fits 'labels.npy: has the shape [600], not [10]; --class-axis 0 would fit' $(eval_with transposed.npy)
  fits 'square.npy: has the shape [4, 4], not [4, 5]; --class-axis 2 would fit' $(eval_with cube.npy square.npy)
  fits 'not [4, 4, 4]; --class-axis 2 or 3 would fit' $(eval_with x4.npy rows_454.npy)
  fits 'rows_50_2.npy: has the shape [50, 2], not [2, 50]; it is transposed: its axes are in another order' $(eval_with x3.npy rows_50_2.npy)
  fits 'rows_5.npy: has the shape [5, 4], not [4, 5]; it is transposed' $(eval_with cube.npy rows_5.npy)
  fits 'column.npy: has the shape [600, 1], not [600]; reshaped to [600] it would fit' $(eval_with logits.npy column.npy)
  fits 'one_hot.npy: has the shape [600, 10], not [600]; --probs takes a one-hot matrix' $(eval_with logits.npy one_hot.npy)
  fits 'rows_51.npy: has the shape [2, 51], not [2, 50]; it has one element more on axis 1, as for the prediction of the next token' $(eval_with x3.npy rows_51.npy)
  fits 'rows_7.npy: has the shape [2, 7], not [2, 8]; it has one element less on axis 1, as for' $(eval_with x3.npy rows_7.npy) --class-axis -1
  fits 'rows_7.npy: has the shape [2, 7], not [2, 50]; with --class-axis 2 it has one element less on axis 1, as for' $(eval_with x3.npy rows_7.npy)
  fits 'other.npy: has the shape [2, 9], not [2, 50]; with --class-axis 2 it has one element more on axis 1' $(eval_with x3.npy other.npy)
  exactly 'rows_100.npy: has the shape [100], not [2, 50]' $(eval_with x3.npy rows_100.npy)
  exactly 'rows_8.npy: has the shape [2, 8], not [600]' $(eval_with logits.npy rows_8.npy)
  fits 'labels.npy: has the shape [600], not [600, 10]; --labels takes labels of this shape' $(probs_with labels.npy)
  fits 'transposed.npy: has the shape [10, 600], not [600, 10]; it is transposed' $(probs_with transposed.npy)
  exactly 'x3.npy: has the shape [2, 8, 50], not [600, 10]' $(probs_with x3.npy)
  fits 'transposed.npy: has the shape [10, 600], the logits [600, 10]; it is transposed' $(audit_with --grad transposed.npy)
  fits 'loss_599.npy: has the shape [599]; losses of the rows are [600], a mean or a sum one number; it has one element less on axis 0' $(audit_with --loss loss_599.npy)
  fits 'loss_599.npy: has the shape [599], the rows [600]; it has one element less' $(audit_with --lse loss_599.npy)
  fits 'ignored.npy: label -100 of row 3 is not in [0, 10); --ignore-index -100 would leave out the 2 rows of this label' $(eval_with logits.npy ignored.npy)
  fits 'bytes_255.npy: label 255 of row 2 is not in [0, 10); --ignore-index 255 would leave out the 1 row of this label' $(eval_with logits.npy bytes_255.npy)
  exactly 'two_kinds.npy: label -1 of row 1 is not in [0, 10)' $(eval_with logits.npy two_kinds.npy)
  exactly 'ignored.npy: label -100 of row 3 is not in [0, 10)' $(eval_with logits.npy ignored.npy) --ignore-index 3
  exactly 'high_label.npy: label 10 of row 0 is not in [0, 10)' $(eval_with logits.npy high_label.npy)
}

# safetensors HEADER: a file of that header and 8 bytes of data.
safetensors() { printf '%b%s12345678' "\\x$(printf %02x ${#1})\\0\\0\\0\\0\\0\\0\\0" "$1"; }
printf '\0\0\0\0\0\0\0\x10{}' >claims_2_60.safetensors
safetensors '{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"b":{"dtype":"F32","shape":[1],"data_offsets":[2,6]}}' >overlap.safetensors
safetensors "$(printf '{"a\xff":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}')" >not_utf8.safetensors
safetensors "$(printf '[%.0s' {1..200})" >deep.safetensors
safetensors '{"a":{"dtype":"F32","shape":[4611686018427387904,4],"data_offsets":[0,8]}}' >product.safetensors
safetensors '{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}' >good.safetensors
head -c 40 good.safetensors >cut.safetensors
for file in claims_2_60 overlap not_utf8 deep product cut missing; do
  expect 2 "$file.safetensors: " "$xent" eval --impl reference --logits $file.safetensors:a --labels labels.npy
done
expect 2 "good.safetensors: " "$xent" eval --impl reference --logits good.safetensors:z --labels labels.npy

shards() { printf '{"weight_map": {"a": "%s"}}' "$1"; }
shards good.safetensors >model.safetensors.index.json
shards ../good.safetensors >up.safetensors.index.json
shards missing.safetensors >gap.safetensors.index.json
shards cut.safetensors >cut.safetensors.index.json
printf '{"weight_map": []}' >list.safetensors.index.json
# shellcheck disable=SC2046
{
  expect 2 "model.safetensors.index.json: no tensor 'z'; there are 'a'" $(eval_with model.safetensors.index.json:z)
  expect 2 "up.safetensors.index.json: tensor 'a': its file '../good.safetensors' is not in the folder" $(eval_with up.safetensors.index.json:a)
  expect 2 'missing.safetensors: no such file' $(eval_with gap.safetensors.index.json:a)
  expect 2 'cut.safetensors: the file ends inside' $(eval_with logits.npy cut.safetensors.index.json)
  expect 2 "list.safetensors.index.json: is not the index of a model: 'weight_map' is an array" $(eval_with list.safetensors.index.json:a)
  expect 2 'none.safetensors.index.json: no such file' $(eval_with none.safetensors.index.json:a)
  expect 2 'files of this kind are not written' $(eval_with missing.npy) --loss-out model.safetensors.index.json:a
  for logits in model.safetensors.index.json model.safetensors.index.json:a; do
    expect 2 "--grad-out good.safetensors:a would replace --logits $logits" $(eval_with $logits) --grad-out good.safetensors:a
    expect 2 "--json model.safetensors.index.json would replace --logits $logits" $(eval_with $logits) --json model.safetensors.index.json
  done
}

printf '\x80\2\x8a\nl\xfc\x9c\x46\xf9 j\xa8P\x19.' | tee model.pt model.bin >pickle.npy
cp text.npy text.pth
# shellcheck disable=SC2046
{
  in_python="in Python, xent_save.save('model.safetensors', torch.load('model.pt')) of examples/xent_save.py or"
  expect 2 "model.pt: is a pickle, as torch.save writes; $in_python safetensors.torch.save_file(" $(eval_with model.pt)
  expect 2 'model.bin: is a pickle, as torch.save writes; in Python, ' $(eval_with logits.npy model.bin:labels)
  expect 2 'pickle.npy: is a pickle, as torch.save writes; in Python, ' $(eval_with pickle.npy)
  expect 2 'text.pth: is not read; if torch.save wrote it, in Python, ' $(eval_with text.pth)
  expect 2 'x.pt: files of this kind are not written' $(eval_with missing.npy) --loss-out x.pt
}

printf 'PK\3\4 and so on' >cut.npz
printf 'PK\5\6\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0' >none.npz
cp logits.npy renamed.npz
# shellcheck disable=SC2046
{
  expect 2 'cut.npz: the end of the zip archive is missing; the file is cut off' $(eval_with cut.npz:x)
  expect 2 'renamed.npz: is not a zip archive, as .npz files are' $(eval_with renamed.npz)
  expect 2 "none.npz: no array 'x'; there are none" $(eval_with none.npz:x)
  expect 2 'none.npz: which array is not said, as in FILE.npz:NAME' $(eval_with logits.npy none.npz)
  expect 2 'none.npz: the name of the tensor after' $(eval_with none.npz:)
  expect 2 'missing.npz: no such file' $(eval_with missing.npz:x)
  for out in --loss-out --grad-out --lse-out; do
    expect 2 'x.npz: files of this kind are not written; write to .npy or FILE.safetensors:NAME' $(eval_with missing.npy) $out x.npz:y
  done
}

expect 2 'a verb is wanted: list, pick, eval, audit, verify, bench, matrix, report' "$xent"
expect 2 "unknown verb 'evaluate'" "$xent" evaluate
expect 2 'unknown option: --fast' "$xent" verify --fast
expect 2 "unknown law 'gravity'" "$xent" verify --law gravity
expect 2 "unknown budget 'huge'" "$xent" verify --budget huge
expect 2 "unknown element type 'f8'; there are f32, f64, bf16, f16" "$xent" verify --dtype f8
expect 2 "--shard takes i/n" "$xent" verify --shard 3/2
expect 2 'seed' "$xent" verify --law ties --case 'f32/normal(1)/2x3/labels/none/sd=1'
expect 2 '--batch and --classes go together' "$xent" bench --batch 4
expect 2 '--batch' "$xent" bench --batch -4 --classes 3
expect 2 '--batch excludes --shapes' "$xent" bench --batch 4 --classes 3 --shapes 4x3
expect 2 '--shapes excludes --two-forms' "$xent" bench --two-forms --shapes 4x3
expect 2 '--two-forms has forms of its own' "$xent" bench --two-forms --weight
expect 2 '--two-forms has forms of its own' "$xent" bench --two-forms --layout strided
for shape in 3x x3 x 3 3x4x 3x4x0 3x4x-5 -3x4 3x-4 3.5x4 '3 x4' 0x5 5x0 0x10 99999999999999999999x5 4x99999999999999999999 3X4 ' '; do
  expect 2 "'$shape' is no shape NxC" "$xent" bench --shapes "4x3,$shape"
done
expect 2 "'' is no shape NxC" "$xent" bench --shapes 4x3,
expect 2 '--layout class-axis-1 needs an axis behind the classes' "$xent" bench --layout class-axis-1
expect 2 "unknown layout 'rows2'; did you mean 'rows'?" "$xent" bench --layout rows2
expect 2 '--ignore needs labels' "$xent" bench --targets probs --ignore 0.1
expect 2 "--ignore: '2' is not a number from 0 to 1" "$xent" bench --ignore 2
expect 2 "--temperature: '0' is not a number from 0.0009765625 to 1024" "$xent" bench --temperature 0
expect 2 "unknown reduction 'median'" "$xent" bench --reduction median
expect 2 '4611686018427387904x4 is no shape to time' "$xent" bench --shapes 4611686018427387904x4
expect 2 '1x7000000000 is no shape to time' "$xent" bench --batch 1 --classes 7000000000
expect 2 '7000000000x1 is no shape to time' "$xent" pick --batch 7000000000 --classes 1
expect 2 'the shape 0x7000000000 has more than 2^30 logits, rows or classes' \
  "$xent" verify --impl simd --case 'f32/normal(3)/0x7000000000/labels+weight/none/seed=1'
for threads in 0 -1 1025 99999999999999999999 two 1.5 ''; do
  expect 2 '--threads' "$xent" bench --shapes 4x3 --threads "$threads"
  expect 2 '--threads' "$xent" pick --batch 4 --classes 3 --threads "$threads"
done
# Every option of every verb that takes a value refuses the empty one, as of an unset variable.
for verb in list pick eval audit verify bench matrix report; do
  mapfile -t options < <("$xent" $verb --help | sed -nE 's/^  (--[a-z-]+) [A-Za-z].*/\1/p')
  flags=' --grad --two-forms --peers --in-place --accuracy --help '
  for option in "${options[@]}"; do
    [[ $verb$option == audit--grad || $flags != *" $option "* ]] || continue
    expect 2 "$option: the value is empty" "$xent" $verb $option ''
    seen="${seen-} $option"
  done
done
for option in --max-ulp --grad --ignore-index --label-smoothing --case --shard --json --reduction --seed --out; do
  [[ $seen == *" $option"* ]] || wrong "$option is not among the options of --help"
done
expect 2 'results: the value is empty' "$xent" report '' --out report
# Numbers that do not fit, or are none.
# shellcheck disable=SC2046
{
  expect 2 "--ignore-index: '99999999999999999999' is not an integer from -9223372036854775808 to 9223372036854775807" $(eval_with logits.npy) --ignore-index 99999999999999999999
  expect 2 "--ignore-index: '1.5' is not an integer" $(eval_with logits.npy) --ignore-index 1.5
  expect 2 "--class-axis: '-99999999999999999999' is not an integer" $(eval_with logits.npy) --class-axis -99999999999999999999
  expect 2 "--label-smoothing: '1e-400' is not a number from 0 to 1" $(eval_with logits.npy) --label-smoothing 1e-400
  expect 2 "--label-smoothing: '0.1x' is not a number" $(eval_with logits.npy) --label-smoothing 0.1x
  expect 2 "--max-ulp: '1e400' is not a number" $(audit_with --grad logits.npy --max-ulp 1e400)
}
expect 2 "--repetitions: '0' is not an integer from 1 to 1000000" "$xent" bench --shapes 4x3 --repetitions 0
expect 2 "--batch: '-1' is not an integer from 1" "$xent" pick --batch -1 --classes 3
expect 2 "--batch: '010' is not an integer" "$xent" bench --batch 010 --classes 3
expect 2 "--min-time: 'inf' is not a number above 0" "$xent" bench --shapes 4x3 --min-time inf
expect 2 "--seconds: '-1' is not a number above 0" "$xent" pick --batch 4 --classes 3 --seconds -1
expect 2 "--seed: '18446744073709551616' is not an integer" "$xent" verify --seed 18446744073709551616
expect 2 "'deep_gap' lacks its scale" "$xent" bench --family deep_gap --shapes 4x3
expect 2 'nosuch' "$xent" bench --family 'nosuch(3)' --shapes 4x3
expect 2 "unknown implementation 'fast'; there are " "$xent" bench --impl 'simd,fast' --shapes 4x3
expect 2 "unknown implementation ''" "$xent" bench --impl 'simd,' --shapes 4x3
expect 2 "unknown law 'gravity'" "$xent" verify --law 'ties,gravity'
[[ $# -gt 2 ]] || expect 2 'this build has no peers: configure with -DXENT_PEERS=ON' "$xent" bench --peers
expect 2 "unknown tier 'best'" "$xent" pick --batch 4 --classes 3 --tier best
expect 2 '--classes is required' "$xent" pick --batch 4
expect 2 'missing.json: ' "$xent" report missing.json --out report
expect 2 'text.npy: ' "$xent" report text.npy --out report
printf '{"schema": "xent-results/99"}' >future.json
expect 2 'future.json: ' "$xent" report future.json --out report
expect 2 '/dev/full: cannot be written' "$xent" list --json /dev/full
# shellcheck disable=SC2016
expect 2 'standard output: No space left' bash -c '"$0" list --json - >/dev/full' "$xent"

passed
