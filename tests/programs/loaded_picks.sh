#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# loaded_picks.sh XENT [PICKS]: what `pick` names on this machine when it is quiet, beside one busy
# process and beside four for each core, so many times each (10). Not among the tests, because it
# measures; on two cores it takes about ten minutes, most of them under load.
# Exit status: 1 if a loaded machine names another than the quiet one, if the quiet one names it less
# than 9 times of 10, or if it is named less than 5 times of 10 beside one process.
set -euo pipefail

xent=${1:?usage: loaded_picks.sh XENT [PICKS]}
picks=${2:-10}
busy=()
stop() {
  [[ ${#busy[@]} -eq 0 ]] || kill "${busy[@]}" 2>/dev/null || true
  busy=()
}
trap stop EXIT

start() {
  for ((k = 0; k < $1; ++k)); do
    while :; do :; done &
    busy+=($!)
  done
}

# What one pick names: "simd", "faithful or simd" of a tie, "-" where it names nobody.
pick() {
  local text
  text=$("$xent" pick --batch "${1%x*}" --classes "${1#*x}" || true)
  sed -n 's/^pick: \([^,]*\).*/\1/p' <<<"$text" | grep . || echo -
}

status=0
for shape in 4096x10 128x50257; do
  winner=
  for load in 0 1 $((4 * $(nproc))); do
    start "$load"
    names=$(for ((k = 0; k < picks; ++k)); do pick "$shape"; done)
    stop
    printf '%s, %d busy processes: %s\n' "$shape" "$load" \
      "$(sort <<<"$names" | uniq -c | sort -rn | awk '{n = $1; $1 = ""; printf "%s%d x%s", s, n, $0; s = ", "}')"
    [[ -n $winner ]] || winner=$(grep -v '^-$' <<<"$names" | sort | uniq -c | sort -rn | awk 'NR == 1 {$1 = ""; print substr($0, 2)}')
    named=$(grep -cx -- "$winner" <<<"$names" || true)
    other=$(grep -vx -e "$winner" -e - <<<"$names" || true)
    case $load in
      0) ((10 * named >= 9 * picks)) || status=1 ;;
      1) ((10 * named >= 5 * picks)) && [[ -z $other ]] || status=1 ;;
      *) [[ -z $other ]] || status=1 ;;
    esac
  done
done
exit "$status"
