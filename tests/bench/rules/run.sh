#!/usr/bin/env bash
# Finding the rules for an alert: prints events a second on one core, nanoseconds, compile time and memory for each kind and number of
# rules, and writes one JSON line per case to build/bench/rules.jsonl.
#
#   tests/bench/rules/run.sh                        # every kind, 10 to 100,000 rules: some minutes
#   tests/bench/rules/run.sh mix exact3 100 100000  # these kinds and numbers
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")/../../.." && pwd)
cd "$here"
deploy/install-packages.sh build bench
cmake --preset bench >/dev/null
cmake --build --preset bench --target rules_bench -- --quiet
export TOCSIN_BENCH_JSON=$here/build/bench/rules.jsonl
: > "$TOCSIN_BENCH_JSON"
exec build/bench/rules_bench "$@"
