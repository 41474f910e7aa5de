#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# manual.sh PROGRAM: the man page names each option of each verb and man shows it without a warning; bash, and zsh and
# fish where they are here, complete verbs, options, names and files.
set -uo pipefail
xent=$1
faults=0
wrong() {
  printf 'WRONG: %s\n' "$*"
  faults=$((faults + 1))
}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
touch "$work/two words.npy"
cd "$work" || exit 1
"$xent" help --man >xent.1
for shell in bash zsh fish; do
  "$xent" completion $shell >xent.$shell
done

# Verbs and options as help has them.
"$xent" help | sed -n '/^Subcommands/,/^$/s/^  \([a-z]*\) .*/\1/p' >verbs
[[ $(wc -l <verbs) -ge 11 ]] || wrong "verbs: $(tr '\n' ' ' <verbs)"
options=0
while read -r verb; do
  sed -n "/^\.SS \"xent $verb\"/,/^\.SS\|^\.SH/p" xent.1 >section
  sed -n "/^    $verb)/,/;;$/p" xent.zsh >zsh_section
  [[ -s section ]] || wrong "the man page has no verb $verb"
  for option in $("$xent" help "$verb" | sed -n 's/^  \(-h,\)\{0,1\}\(--[a-z-]*\).*/\2/p'); do
    options=$((options + 1))
    [[ $option == --help ]] || grep -qF "\\fB${option//-/\\-}\\fR" section || wrong "the man page of $verb lacks $option"
    grep -q "^complete .*from $verb' .*-l ${option#--} " xent.fish || wrong "fish: $verb lacks $option"
    grep -q -- "'$option[=[]" zsh_section || wrong "zsh: $verb lacks $option"
  done
done <verbs
[[ $options -gt 100 ]] || wrong "only $options options are seen"
if command -v man groff >/dev/null; then
  said=$(man -l --warnings -E UTF-8 -Tutf8 xent.1 2>&1 >shown) || wrong "man fails: $said"
  [[ -z $said ]] || wrong "man says: $said"
  grep -q 'Judges losses' shown || wrong 'man shows no text'
fi

# in_bash WORD…: what bash offers for the last word, in one line.
in_bash() {
  bash --norc -c '. ./xent.bash; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _xent; printf "%s|" "${COMPREPLY[@]}"' bash "$@"
}
# in_fish LINE: the same of fish, for a whole line.
in_fish() {
  fish --no-config -c "source xent.fish; complete -C '$*'" | cut -f1 | tr '\n' '|'
}
# offers WANTED WORD…: with a text for the file that only bash leaves to the terminal to quote.
offers() {
  local wanted=$1 got
  shift
  got=$(in_bash "$@")
  [[ $got == "$wanted" ]] || wrong "bash offers $got for: $*; not $wanted"
  command -v fish >/dev/null || return 0
  got=$(in_fish "$*")
  [[ ${got//\\ / } == "$wanted" ]] || wrong "fish offers $got for: $*; not $wanted"
}
offers 'verify|version|' xent ver
offers '--labels|--label-smoothing|' xent audit --label
offers 'faithful|' xent list --impl f
offers 'bf16|' xent eval --labels x.npy --logits-dtype b
offers 'two words.npy|' xent audit --logits tw
offers 'two words.npy|' xent report tw
offers 'matrix|' xent help m
offers 'zsh|' xent completion z
[[ $(in_bash xent verify --dtype = f3) == 'f32|' ]] || wrong 'bash does not complete --dtype=f3'
[[ $(in_bash xent verify --seed '') == '|' ]] || wrong 'bash offers a seed'
if command -v zsh >/dev/null; then
  zsh -f -n xent.zsh || wrong 'zsh cannot read its completion'
  # The functions that zsh has for that are replaced by what shows their arguments.
  got=$(zsh -f -c 'autoload -Uz is-at-least; _arguments() { print -rl -- "$@" }; words=(xent verify ""); CURRENT=3; . ./xent.zsh')
  [[ $got == *'--dtype=['*']:TEXT:(f32 f64 bf16 f16)'* && $got == *'--junit=['*']:FILE:_files'* ]] || wrong "zsh has: $got"
fi
printf '%d options, %d faults\n' "$options" "$faults"
[[ $faults -eq 0 ]]
