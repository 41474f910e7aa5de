#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# in_root.sh library|all: in a bare Debian root, as root: the Debian packages of libxent alone, with the tests that
# need no package more, or of all are built; what only their build needs is purged; they are installed, the
# consumers of consumers.sh are built with them, the program runs, and after their removal nothing of them is
# left. It changes what the system has installed.
# The last line says what was done; the exit status is 0 then.
set -euo pipefail
part=${1:-}
cd "$(dirname "$0")/../.."
case $part in
  library) needs=(build library) only=ON tests=ON components=(xent xent_static) names=(libxent1 libxent-dev) ;;
  all) needs=(build library verify program) only=OFF tests=OFF components=(xent xent_static verify)
       names=(libxent1 libxent-dev libxent-verify1 libxent-verify-dev xent) ;;
  *) sed -n '3,7s/^# //p' "$0" >&2; exit 2 ;;
esac
apt=(env DEBIAN_FRONTEND=noninteractive apt-get -qq -o Dpkg::Use-Pty=0)
work=$(mktemp -d)

wrong() {
  printf 'WRONG: %s\n' "$1"
  exit 1
}

# files: all that lies in the system's folders, but what dpkg and the loader note for themselves.
files() {
  find /etc /opt /usr /var -path /var/log -prune -o -path /var/cache -prune -o -path /var/lib/dpkg -prune \
    -o -path /var/lib/apt -prune -o -path /etc/ld.so.cache -prune -o -print | sort
}

sections=()
for section in "${needs[@]}"; do
  sections+=(--section "$section")
done
tools/install-packages "${sections[@]}" dpkg-dev file pkgconf
cmake --preset package -D XENT_ONLY_LIBRARY=$only -D BUILD_TESTING=$tests >"$work/log" || wrong "$(tail "$work/log")"
cmake --build --preset package >"$work/log" || wrong "it is not built: $(tail -n 30 "$work/log")"
[[ $tests == OFF ]] || ctest --preset package
cpack --preset package >"$work/log" 2>&1 || wrong "no package is made: $(tail -n 30 "$work/log")"
printf 'in_root: built (%d s)\n' "$SECONDS"
cp -r examples tests/install build/package/debian/*.deb "$work"
cd "$work"
ls -l ./*.deb
[[ $(ls ./*.deb | wc -l) -eq ${#names[@]} ]] || wrong "there should be the packages ${names[*]}"

# What consumers may use is the compiler, CMake, pkg-config, the section library, and what the packages name.
if [[ $part == all ]]; then
  # shellcheck disable=SC2046  # names are words
  "${apt[@]}" purge -y --autoremove $("$OLDPWD/tools/list-packages" --section verify --section program) dpkg-dev file >/dev/null
fi
mv "$OLDPWD" "$work/hidden"  # neither sources nor build
"${apt[@]}" install -y --no-install-recommends ./*.deb >/dev/null
dpkg -r "${names[@]}" >/dev/null
files >"$work/before"  # with what the packages depend on
! grep -i xent "$work/before" || wrong 'a removed package leaves files'

dpkg -i ./*.deb >/dev/null
[[ -z $(dpkg --verify "${names[@]}") ]] || wrong 'the files are not those of the packages'
mkdir consumers
install/consumers.sh /usr examples consumers "${components[@]}"
if [[ $part == all ]]; then
  xent --version
  xent verify --impl sparse --dtype f32 --budget smoke | tail -n 1
  xent verify --impl sparse --law loss_within_contract --case f32/digits/4x10/labels/none/seed=1 | tail -n 1
fi
dpkg -r "${names[@]}" >/dev/null
files | diff "$work/before" - || wrong 'a removed package leaves files'
! dpkg-query -W 'libxent*' xent 2>/dev/null | grep . || wrong 'dpkg still knows them'
mv "$work/hidden" "$OLDPWD"
. /etc/os-release
printf 'in_root: %s on %s: built, installed, used and removed (%d s)\n' "${names[*]}" "$VERSION_CODENAME" "$SECONDS"
