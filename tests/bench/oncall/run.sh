#!/usr/bin/env bash
# What it costs to know who is on call: a table with the targets beside, and one JSON line per case in build/bench/oncall.jsonl.
#   tests/bench/oncall/run.sh
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")/../../.." && pwd)
cd "$here"
deploy/install-packages.sh build
cmake --preset bench >/dev/null
cmake --build --preset bench --target oncall_bench -- --quiet
export TOCSIN_BENCH_JSON=$here/build/bench/oncall.jsonl
: > "$TOCSIN_BENCH_JSON"
exec build/bench/oncall_bench
