#!/usr/bin/env bash
# Replay: generated alerts of 30 days against the learner team's rulebook and a changed one. Prints how long it took and the most
# memory that it used. Targets: a million alerts in under 60 s, in memory that does not grow with their number.
#
#   tests/bench/replay/run.sh [alerts, default 1000000]
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")/../../.." && pwd)
alerts=${1:-1000000}
cd "$here"
deploy/install-packages.sh build bench
cmake --preset bench >/dev/null
cmake --build --preset bench --target tocsin -- --quiet
work=$(mktemp -d "${TMPDIR:-/var/tmp}/tocsin-bench.XXXXXX")
server=
trap '[ -z "$server" ] || kill -TERM "$server" 2>/dev/null || true; rm -rf "$work"' EXIT

cp -r rules/examples/learner "$work/before"
cp -r rules/examples/learner "$work/after"
sed -i 's/{ at_least: 100 }/{ at_least: 500 }/' "$work/after/rules.yaml"
printf 'bench-secret-bench-secret' > "$work/secret"
mkdir "$work/data"
cat > "$work/tocsin.yaml" <<YAML
listen: 127.0.0.1:0
data: $work/data
rulebook: $work/before
sources:
  splunk: { kind: splunk, secret_file: $work/secret }
  opsgenie: { kind: opsgenie, secret_file: $work/secret }
channels: { ntfy: { kind: log }, sms: { kind: log }, voice: { kind: log }, email: { kind: log } }
log: { level: error }
YAML
build/bench/tocsin serve --config "$work/tocsin.yaml" 2> /dev/null & # Makes the database, and keeps the rulebook in force.
server=$!
timeout 20 bash -c 'until [ -s "$1/data/last-good-rulebook.json" ]; do :; done' _ "$work"
kill -TERM "$server"
wait "$server"
server=
python3 tests/bench/replay/alerts.py "$work/data" "$alerts" "$work/before/samples"
command time -f '%e s elapsed, %U s user, %M KiB at most' \
  build/bench/tocsin replay --config "$work/tocsin.yaml" --rulebook "$work/after" --days 31 | head -n 12
