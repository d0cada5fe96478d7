#!/usr/bin/env bash
# What goes on beside ingest: wrk posts alerts at 16 connections, undisturbed, then while a rulebook of 10,000 rules is reloaded again and
# again, then while 200,000 alerts that are kept no longer are deleted. Prints posts a second, p99 and the longest wait of each. Target: a
# reload makes no post wait 5 ms longer than it would have anyway.
#
#   tests/bench/beside/run.sh [seconds per case, default 10] [rules, default 10000]
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")/../../.." && pwd)
seconds=${1:-10}
rules=${2:-10000}
cd "$here"
deploy/install-packages.sh build bench
cmake --preset bench >/dev/null
cmake --build --preset bench --target tocsin -- --quiet
work=$(mktemp -d "${TMPDIR:-/var/tmp}/tocsin-bench.XXXXXX")
server=
stop() { [ -z "$server" ] || { kill -TERM "$server" 2>/dev/null && wait "$server" 2>/dev/null; } || true; server=; }
trap 'stop; rm -rf "$work"' EXIT

mkdir -p "$work/data" "$work/rules"
sed '/name: everything else/,$d' tests/bench/ingest/rules.yaml > "$work/rules/a.yaml"
python3 - "$rules" > "$work/rules/b.yaml" <<'PY'
import sys
print("rules:")
for n in range(int(sys.argv[1])):
    print(f'  - {{ name: r{n}, match: {{ labels.host: "db-{n}", payload.result.count: {{ at_least: {n} }} }}, urgency: record }}')
PY
# A rule of a.yaml decides before them: what is measured is the reload, and not the matching.
printf 'bench-secret-bench-secret' > "$work/secret"
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')

start() { # start <how long alerts are kept>
  cat > "$work/tocsin.yaml" <<YAML
listen: 127.0.0.1:$port
data: $work/data
rulebook: $work/rules
sources: { splunk: { kind: splunk, secret_file: $work/secret, secret_in: [path] } }
channels: { log: { kind: log } }
api: { tokens: { ops: { secret_file: $work/secret } } }
keep: { alerts: $1 }
log: { level: info }
YAML
  build/bench/tocsin serve --config "$work/tocsin.yaml" 2> "$work/log" &
  server=$!
  timeout 60 curl -s --retry 600 --retry-connrefused --retry-delay 0 -o /dev/null "http://127.0.0.1:$port/-/ready"
}

measure() { # measure <name>
  MODE=repeat RUNID=beside WRK_OUT=$work/wrk.json wrk -t1 -c16 -d"${seconds}s" --latency -s tests/bench/ingest/alert.lua \
    "http://127.0.0.1:$port" > "$work/wrk.txt"
  python3 - "$1" "$(tail -n 1 "$work/wrk.json")" <<'PY'
import json, sys
r = json.loads(sys.argv[2])
print(f'{sys.argv[1]:<28}{r["per_second"]:>8} posts/s  p99 {r["p99_us"]/1000:>7.2f} ms  longest {r["max_us"]/1000:>7.2f} ms')
PY
}

start forever
measure undisturbed
(
  reloads=0
  echo 0 > "$work/reloads"
  while curl -fs -o /dev/null -X POST -H 'Authorization: Bearer bench-secret-bench-secret' "http://127.0.0.1:$port/-/reload"; do
    reloads=$((reloads + 1))
    echo "$reloads" > "$work/reloads"
  done
) &
loop=$!
measure "reloading $rules rules"
kill "$loop" 2>/dev/null || true
echo "  $(cat "$work/reloads") reloads"
measure "undisturbed again"
stop
rm -rf "$work/data"/*
start forever
stop
python3 tests/bench/replay/alerts.py "$work/data" 200000 rules/examples/learner/samples 31 > /dev/null
start 30d
measure "pruning"
python3 - "$work/data" <<'PY'
import sqlite3, sys, time
database = sqlite3.connect(sys.argv[1] + "/tocsin.db")
old = (time.time() - 30 * 86_400) * 1000
left = database.execute("SELECT count(*) FROM alert WHERE received_at < ?", (old,)).fetchone()[0]
print(f"  {200_000 - left} alerts have gone, {left} are still to go")
PY
