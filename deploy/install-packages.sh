#!/usr/bin/env bash
# Installs what is missing of the named groups of deploy/packages.txt ("build", "try", "test", "clients", "bench"). Asks for nothing if nothing is
# missing; says what to do if it may not install.
set -euo pipefail
list=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)/packages.txt
missing=()
for group in "$@"; do
  for package in $(awk -v want="$group" '/^#:/ { on = ($2 == want); next } /^#/ { next } on { print $1 }' "$list"); do
    dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing+=("$package")
  done
done
[ ${#missing[@]} -gt 0 ] || exit 0
echo "Installing: ${missing[*]}"
as_root=()
if [ "$(id -u)" -ne 0 ]; then
  command -v sudo >/dev/null || { echo "run as root: apt-get install ${missing[*]}" >&2; exit 1; }
  as_root=(sudo)
fi
export DEBIAN_FRONTEND=noninteractive
"${as_root[@]}" apt-get update -qq
"${as_root[@]}" apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
