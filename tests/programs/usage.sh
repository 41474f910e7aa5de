#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# usage.sh XENT DATA: names that are nearly right are answered with what was meant, names in any case are
# taken, ranges are said in words, and help and version are verbs as well as options.
set -uo pipefail
xent=$1
data=$2
faults=0
wrong() {
  printf 'WRONG: %s\n' "$*"
  faults=$((faults + 1))
}

# refuses TEXT ARGUMENTS…: exit 2, and one line on standard error of at most 300 characters that ends in TEXT.
refuses() {
  local text=$1 said
  shift
  said=$("$xent" "$@" 2>&1 >/dev/null)
  [[ $? -eq 2 && $said == *"$text" && $said != *$'\n'* && ${#said} -le 300 ]] || wrong "$* says: $said, not: $text"
}
# takes TEXT ARGUMENTS…: exit 0, and TEXT somewhere on standard output.
takes() {
  local text=$1 said
  shift
  said=$("$xent" "$@" 2>&1)
  [[ $? -eq 0 && $said == *"$text"* ]] || wrong "$* says: $said, not: $text"
}

refuses "xent: unknown verb 'verfy'; did you mean 'verify'?" verfy
refuses "xent: unknown verb 'aduit'; did you mean 'audit'?" aduit --logits logits.npy
refuses "xent: unknown verb 'frobnicate'; there are list, pick, eval, audit, verify, bench, matrix, report, completion, help, version" frobnicate
refuses "unknown verb 'bnech'; did you mean 'bench'?" help bnech
refuses "unknown option: --logit; did you mean '--logits'?" audit --logit x.npy
refuses "unknown option: --dtpye; did you mean '--dtype'?" verify --dtpye=f32
refuses "unknown option: --frobnicate; xent verify --help lists them" verify --frobnicate
refuses "unknown option: --verison; did you mean '--version'?" --verison
refuses "unknown option: --focal-gamma: the focal loss is no cross-entropy and is not computed; audit says where results are one" eval --focal-gamma 2
refuses "unknown option: --hessian: second derivatives are neither computed nor judged; --grad and --grad-out are first ones" audit --hessian=h.npy
refuses "unknown option: --second_derivatives: second derivatives are neither computed nor judged; --grad and --grad-out are first ones" eval --second_derivatives
refuses "unknown option: --JS-divergence: the Jensen-Shannon divergence is no cross-entropy and is not computed; --kl-divergence is the divergence that is offered" eval --JS-divergence
refuses "unknown option: --js; did you mean '--json'?" eval --js
refuses "unknown verb 'bce': the binary cross-entropy has a sigmoid for each class and is not computed; audit says where results are one" bce
refuses "unknown implementation 'simdd'; did you mean 'simd'?" verify --impl simdd
refuses "unknown implementation 'refrence'; did you mean 'reference'?" eval --impl refrence --logits x.npy
refuses "unknown implementation 'faith'; did you mean 'faithful'?" bench --impl faith --shapes 4x3
refuses "unknown law 'tyes'; did you mean 'ties'?" verify --law tyes
refuses "unknown budget 'smok'; did you mean 'smoke'?" verify --budget smok
refuses "unknown element type 'fp32'; did you mean 'f32'?" verify --dtype fp32
refuses "unknown tier 'acurate'; did you mean 'accurate'?" pick --batch 4 --classes 3 --tier acurate
refuses "unknown target form 'lables'; did you mean 'labels'?" bench --targets lables --shapes 4x3
refuses "'norml' is not a family; did you mean 'normal'?" bench --family 'norml(3)' --shapes 4x3
refuses "'digit' is not a family; did you mean 'digits'?" verify --case f32/digit/4x10/labels/none/seed=1

refuses "unknown shell 'bsh'; did you mean 'bash' or 'zsh'?" completion bsh
refuses "--man excludes verb" help verify --man

refuses "--repetitions: '0' is not an integer from 1 to 1000000" bench --repetitions 0
refuses "--batch: '-1' is not an integer from 1 to 1000000000000" bench --batch -1 --classes 3
refuses "--batch: '0' is not an integer from 1 to 1000000000000" pick --batch 0 --classes 3
refuses "--classes: '2.5' is not an integer from 1 to 1000000000000" pick --batch 4 --classes 2.5
refuses "--min-time: '0' is not a number above 0" bench --min-time 0
refuses "--seconds: '1e-400' is not a number above 0" pick --batch 4 --classes 3 --seconds 1e-400
refuses "--threads: the value is empty" pick --batch 4 --classes 3 --threads ''
refuses "--seed: '-1' is not an integer from 0 to 18446744073709551615" verify --seed -1

takes 'pass' verify --impl SIMD --dtype F32 --law TIES
takes 'pass' Verify --impl 'Si*' --dtype Bf16 --law ties --budget Smoke
takes 'pass' verify --impl sparse --law ties --case 'F32/Ties(1)/4x10/Labels/None/seed=1'
takes '"implementation": "simd"' eval --impl SIMD --logits "$data/digits_logits.npy" \
  --labels "$data/digits_labels.npy" --reduction MEAN --json -
takes '' eval --impl Reference --logits "$data/digits_logits.npy" --labels "$data/digits_labels.npy"

version=$("$xent" version)
[[ $version =~ ^xent\ [0-9]+\.[0-9]+\.[0-9]+\ \([0-9a-z.+-]+\)$ ]] || wrong "version: $version"
for flag in -V --version; do
  [[ $("$xent" $flag) == "$version" ]] || wrong "$flag says $("$xent" $flag), not $version"
done
[[ $("$xent" help) == "$("$xent" --help)" ]] || wrong 'help is --help'
for verb in list pick eval audit verify bench matrix report completion help version; do
  [[ $("$xent" help $verb) == "$("$xent" $verb --help)" ]] || wrong "help $verb is $verb --help"
  [[ $("$xent" help) == *"$verb"* ]] || wrong "help names $verb"
  [[ $("$xent" help $verb) == *Example* ]] || wrong "help $verb has an example"
done
for ask in version --version -V help --help 'help verify' 'help --man' 'completion bash'; do
  # shellcheck disable=SC2086  # words
  "$xent" $ask >/dev/full 2>/dev/null
  [[ $? -eq 2 ]] || wrong "$ask into a full device is a fault"
done

printf '%d faults\n' "$faults"
[[ $faults -eq 0 ]]
