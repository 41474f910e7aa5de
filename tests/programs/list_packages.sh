#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# list_packages.sh SOURCE: packages.txt names what each release of Debian has, a name that is of one release
# is not asked of another, and its sections can be asked for one by one.
set -euo pipefail
cd "$1"

wrong() {
  printf 'WRONG: %s\n' "$1"
  exit 1
}

twelve=$(tools/list-packages bookworm)
thirteen=$(tools/list-packages trixie)
[[ $(grep -vx libflint-arb-dev <<<"$twelve") == "$thirteen" ]] || wrong 'they differ in more than Arb'
[[ $twelve != "$thirteen" ]] || wrong 'Debian 12 lacks Arb'
grep -qx g++ <<<"$thirteen" || wrong 'g++ is missing'
grep -q '[^a-z0-9+-]' <<<"$twelve" && wrong "a name holds what no package's does"
sections=$(sed -n 's/^\([a-z]*\):.*/\1/p' packages.txt)
parts=$(for section in $sections; do tools/list-packages --section "$section" bookworm; done)
[[ $parts == "$twelve" ]] || wrong 'the sections are not the whole'
[[ $(tools/list-packages --section library trixie) == $'libhwy-dev\nlibdlpack-dev' ]] ||
  wrong 'libxent needs more, or less, than Highway and DLPack'
tools/list-packages --section no-such-section 2>/dev/null && wrong 'an unknown section is taken'
[[ $(tools/list-packages no-such-release) == "$thirteen" ]] || wrong 'an unknown release is not as the newest'
