#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# list_packages.sh SOURCE: packages.txt names what each release of Debian has, and a name that is of one
# release is not asked of another.
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
[[ $(tools/list-packages no-such-release) == "$thirteen" ]] || wrong 'an unknown release is not as the newest'
