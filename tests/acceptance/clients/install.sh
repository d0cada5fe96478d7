#!/usr/bin/env bash
# Installs the npm clients that acceptance tests drive, exactly as package-lock.json says, unless they are there.
#   tests/acceptance/clients/install.sh <build directory>
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
into=$1/clients
cmp -s "$here/package-lock.json" "$into/package-lock.json" && [ -d "$into/node_modules" ] && exit 0
command -v npm >/dev/null || "$here/../../../deploy/install-packages.sh" clients
mkdir -p "$into"
cp "$here/package.json" "$here/package-lock.json" "$into/"
npm ci --prefix "$into" --ignore-scripts --no-audit --no-fund --loglevel=error
