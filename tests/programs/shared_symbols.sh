#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# shared_symbols.sh PROCESSOR OBJECT…: a function that the linker may take from any object file (a weak symbol)
# must not be compiled for more than the baseline, or a machine without AVX would run it. Functions of
# Highway's AVX namespaces (N_AVX2, N_AVX3) are alone in their file and may.
set -euo pipefail
if [[ $1 != x86_64 ]]; then
  echo "objects for $1, not x86-64"
  exit 77
fi
shift
for object in "$@"; do
  # The names come first, a line each: g++ 14 has more of them than an argument may be long.
  {
    nm "$object" | awk '$(NF - 1) ~ /^[VWu]$/ { print "shared", $NF }'
    objdump -d --no-show-raw-insn "$object"
  } | awk -v object="$object" '
    $1 == "shared" && NF == 2 { shared[$2] = 1; next }
    /^[0-9a-f]+ <.*>:$/ { name = substr($2, 2, length($2) - 3); seen += name in shared }
    /%[yz]mm|\tv[a-z0-9]+ / && name in shared && name !~ /N_AVX/ {
      print object ": " name " is shared and holds " $2; wrong = 1; exit 1
    }
    END { if (!wrong && !seen) { print object ": no shared function found"; exit 1 } }'
  echo "$object: fine"
done
