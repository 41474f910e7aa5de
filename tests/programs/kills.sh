#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# kills.sh XENT COUNT [SEED]: eval, verify and report, killed by SIGKILL, SIGINT and SIGTERM after random times, leave
# each file as it was or as it is to be, all of a run alike, and after SIGINT and SIGTERM no temporary. What verify
# had finished by then is a whole document, which says that it was interrupted.
xent=$(realpath "$1")
count=$2
RANDOM=${3:-1}
# shellcheck source=tests/programs/checks.sh
source "$(dirname "$0")/checks.sh" || exit 1
left=0   # temporaries after SIGKILL, which nothing can remove
declare -A ended

# npy FILE DESCR SHAPE BYTES REPEATED: an array of a pattern.
npy() {
  npy_header "$1" "$2" "$3"
  printf '%b' "$5" >part
  while [[ $(stat -c %s part) -lt $4 ]]; do cat part part >twice && mv twice part; done
  head -c "$4" part >>"$1"
}
npy a.npy '<f4' '(1024, 1000)' 4096000 '\0\0\0\0\0\0\0\0'
npy b.npy '<f4' '(1024, 1000)' 4096000 '\0\0\x80\x3f\0\0\0\x40'
npy y.npy '<i8' '(1024,)' 8192 '\0\0\0\0\0\0\0\0'

# The laws of verify before (a) and after (b). They differ: two runs of the same laws can write the same JUnit file
# when they took the same milliseconds.
declare -A laws=([a]=ties [b]='l*')

# run VERB a|b FOLDER: what is killed; its files go to the folder.
run() {
  case $1 in
    eval)
      exec env --default-signal=INT "$xent" eval --impl sparse --threads 1 --logits "$2.npy" --labels y.npy \
        --reduction none --loss-out "$3/l.npy" --grad-out "$3/g.npy" --json "$3/e.json" ;;
    verify)
      exec env --default-signal=INT "$xent" verify --impl sparse --dtype f32 --law "${laws[$2]}" \
        --json "$3/v.json" --junit "$3/v.xml" ;;
    report) exec env --default-signal=INT "$xent" report "$2.json" --out "$3" ;;
  esac >/dev/null 2>&1
}

# Whether the files of a folder are those of another.
same() { [[ $(cd "$1" && cksum ./*) == "$(cd "$2" && cksum ./*)" ]]; }

# check VERB FOLDER: all its files are those of before, or all are new and whole.
check() {
  local file
  same "$2" "$1.a" && return
  if [[ $1 != verify ]]; then
    same "$2" "$1.b" || wrong "$1: files torn or mixed: $(cd "$2" && cksum ./* | tr '\n' ';')"
    return
  fi
  for file in v.json v.xml; do
    ! cmp -s "$2/$file" "$1.a/$file" || wrong "verify: $file is that of before, the other is not"
  done
  "$xent" report "$2/v.json" --out read >read.txt 2>&1 || grep -q '^INTERRUPTED: ' read.txt ||
    wrong "verify: the records are torn: $(cat read.txt)"
  [[ $(tail -c 14 "$2/v.xml") == *'</testsuites>'* ]] || wrong 'verify: the JUnit file is torn'
}

declare -A microseconds
"$xent" verify --impl sparse --dtype f32 --law ties --json a.json >/dev/null || wrong 'records'
"$xent" verify --impl online --dtype f32 --law ties --json b.json >/dev/null || wrong 'records'
for verb in eval verify report; do
  mkdir "$verb.a" "$verb.b"
  (run "$verb" a "$verb.a") || wrong "$verb"
  begin=${EPOCHREALTIME/./}
  (run "$verb" b "$verb.b") || wrong "$verb"
  microseconds[$verb]=$((${EPOCHREALTIME/./} - begin))
done

verbs=(eval verify report)
signals=(KILL INT TERM)
for ((k = 0; k < count; ++k)); do
  verb=${verbs[k % 3]}
  signal=${signals[k / 3 % 3]}
  rm -rf now
  cp -r "$verb.a" now
  delay=$((microseconds[$verb] * (RANDOM % 1000) / 800))
  run "$verb" b now &
  pid=$!
  sleep "$((delay / 1000000)).$(printf %06d $((delay % 1000000)))"
  kill -s "$signal" "$pid" 2>/dev/null
  wait "$pid" 2>/dev/null
  status=$?
  [[ $status -eq 0 || $status -eq $((128 + $(kill -l "$signal"))) ]] || wrong "$verb: exit $status after SIG$signal"
  ended[$verb $signal]=$((${ended[$verb $signal]:-0} + (status != 0)))
  temporaries=$(find now -name '.xent-*' | wc -l)
  if [[ $signal == KILL ]]; then
    left=$((left + (temporaries != 0)))
    find now -name '.xent-*' -delete
  elif [[ $temporaries -ne 0 ]]; then
    wrong "$verb: $temporaries temporaries after SIG$signal"
  fi
  check "$verb" now
done

for key in "${!ended[@]}"; do printf '%s ended %d\n' "$key" "${ended[$key]}"; done | sort
printf '%d kills, %d with temporaries after SIGKILL, %d faults\n' "$count" "$left" "$faults"
[[ $faults -eq 0 ]]
