#!/usr/bin/env bash
# Runs the whole suite: installs what the tests need, builds with every warning an error, and runs unit, simulation, contract,
# acceptance and tidy suites plainly and under AddressSanitizer with UndefinedBehaviorSanitizer, then a short run of the fuzzers. No
# arguments; as often as you like. The last line says how it went, and so does the exit code.
set -uo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$here" || exit 1
deploy/install-packages.sh build try test || exit 1
for build in build/dev build/asan; do tests/acceptance/clients/install.sh "$build" || exit 1; done

failed=()
passed=0
step() { # step <name> <command>...
  local name=$1
  shift
  printf '\n== %s\n' "$name"
  local began=$SECONDS
  if "$@"; then
    passed=$((passed + 1))
    printf '== %s: passed in %d s\n' "$name" $((SECONDS - began))
  else
    failed+=("$name")
    printf '== %s: FAILED after %d s\n' "$name" $((SECONDS - began))
  fi
}
suite() { cmake --preset "$1" >/dev/null && cmake --build --preset "$1" -- --quiet && ctest --preset "$1" -j3; }

# What is compiled once need not be compiled again by a run in another checkout of the same files.
export CCACHE_BASEDIR=$here CCACHE_NOHASHDIR=1
# Of a suite that fails, only what failed is printed: nobody has to look for it among a hundred tests that passed.
export GTEST_BRIEF=1
step "dev: build and test" suite dev
step "asan: build and test" suite asan
step "fuzz: a short run" tests/fuzz/run.sh 5

printf '\n'
for name in "${failed[@]}"; do printf 'failed: %s\n' "$name"; done
printf '%d passed, %d failed\n' "$passed" "${#failed[@]}"
[ ${#failed[@]} -eq 0 ]
