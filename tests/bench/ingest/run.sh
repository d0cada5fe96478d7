#!/usr/bin/env bash
# Durable ingest: wrk posts one alert a request to the release build; each is on disk before it is answered. Prints a table of posts a
# second, p50 and p99 and CPU per post at 1, 16, 64 and 256 connections, next to floors in the same run: a bare Beast responder, our
# server without any work, and Beast with a group commit to SQLite and nothing else; and next to Alertmanager where it is installed
# (in memory, nobody to notify), with the same facts in its own format. One JSON line per case goes to build/bench/ingest.jsonl.
#
#   tests/bench/ingest/run.sh [seconds per case, default 5]
#   SLOWSYNC_US=1000 tests/bench/ingest/run.sh     # with an fsync that takes a millisecond longer
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")/../../.." && pwd)
seconds=${1:-5}
cd "$here"
deploy/install-packages.sh build bench
cmake --preset bench >/dev/null
cmake --build --preset bench --target tocsin http_floor -- --quiet
bench=$here/tests/bench/ingest
out=$here/build/bench/ingest.jsonl
work=$(mktemp -d "${TMPDIR:-/var/tmp}/tocsin-bench.XXXXXX") # On a disk: /tmp may be memory.
server=
stop() { [ -z "$server" ] || { kill -TERM "$server" 2>/dev/null && wait "$server" 2>/dev/null; } || true; server=; }
trap 'stop; rm -rf "$work"' EXIT
: > "$out"

preload=
if [ -n "${SLOWSYNC_US:-}" ]; then
  cc -O2 -shared -fPIC -o "$work/slowsync.so" "$bench/slow_fsync.c" -ldl
  preload=$work/slowsync.so
fi

cpu_ticks() { awk '{ print $14 + $15 }' "/proc/$1/stat"; }
ticks_per_second=$(getconf CLK_TCK)

floor_port() { # as http_floor prints it: "... on port 41637"
  timeout 20 grep -q -m1 ' port ' <(tail -n +1 -F "$work/floor.log" 2>/dev/null)
  sed -n 's/.* port \([0-9]*\).*/\1/p' "$work/floor.log" | head -n 1
}

measure() { # measure <name> <mode> <connections> <port> [<shape> <path>]
  local threads=2 before after line
  [ "$3" -ge 2 ] || threads=1
  before=$(cpu_ticks "$server")
  MODE=$2 SHAPE=${5:-} UPATH=${6:-} RUNID="$1$3" WRK_OUT=$work/wrk.json wrk -t$threads -c"$3" -d"${seconds}s" --latency -s "$bench/alert.lua" "http://127.0.0.1:$4" >/dev/null
  after=$(cpu_ticks "$server")
  line=$(tail -n 1 "$work/wrk.json")
  python3 - "$1" "$2" "$3" "$((after - before))" "$ticks_per_second" "$out" "$line" <<'PY'
import json, sys
name, mode, connections, ticks, per_second, out, line = sys.argv[1:]
r = json.loads(line)
r.update(case=name, mode=mode, connections=int(connections), cpu_us=round(1e6 * int(ticks) / int(per_second) / max(1, r["requests"]), 1))
open(out, "a").write(json.dumps(r) + "\n")
print(f'{name:<22}{r["connections"]:>12}{r["per_second"]:>11}{r["p50_us"]/1000:>10.2f}{r["p99_us"]/1000:>10.2f}{r["cpu_us"]:>12}{r["not_2xx"]+r["errors"]:>8}')
PY
}

printf '%-22s%12s%11s%10s%10s%12s%8s\n' case connections posts/s 'p50 ms' 'p99 ms' 'CPU us/post' errors
for floor in 'beast:--beast' 'ours:' "durable:--durable $work/floor.db"; do
  # The options are words of their own.
  LD_PRELOAD=$preload build/bench/http_floor ${floor#*:} > "$work/floor.log" 2>&1 &
  server=$!
  port=$(floor_port)
  for connections in 1 16 64 256; do measure "floor: ${floor%%:*}" repeat $connections "$port"; done
  stop
done
rm -f "$work"/floor.db*

free_port() { python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'; }
until_ready() { timeout 20 curl -s --retry 100 --retry-connrefused --retry-delay 0 -o /dev/null "http://127.0.0.1:$1/-/ready"; }

if command -v prometheus-alertmanager >/dev/null; then
  printf 'route: { receiver: nobody }\nreceivers: [{ name: nobody }]\n' > "$work/alertmanager.yaml"
  port=$(free_port)
  prometheus-alertmanager --config.file="$work/alertmanager.yaml" --storage.path="$work/alertmanager" --log.level=error \
    --web.listen-address="127.0.0.1:$port" --cluster.listen-address= > /dev/null 2>&1 &
  server=$!
  until_ready "$port"
  for connections in 1 16 64 256; do measure "peer: Alertmanager" repeat $connections "$port" prometheus /api/v2/alerts; done
  stop
fi

for mode in repeat new; do
  rm -rf "$work/data"
  mkdir -p "$work/data"
  printf 'bench-secret-bench-secret' > "$work/secret"
  port=$(free_port)
  cat > "$work/tocsin.yaml" <<YAML
listen: 127.0.0.1:$port
data: $work/data
rulebook: $bench/rules.yaml
sources:
  splunk: { kind: splunk, secret_file: $work/secret, secret_in: [path] }
channels:
  log: { kind: log }
log: { level: error, format: text }
YAML
  LD_PRELOAD=$preload build/bench/tocsin serve --config "$work/tocsin.yaml" 2> /dev/null &
  server=$!
  until_ready "$port"
  for connections in 1 16 64 256; do measure "tocsin, $mode" $mode $connections "$port"; done
  stop
done
