#!/usr/bin/env bash
# Tries tocsin out: on a fresh Debian 12 this installs what is missing, builds, starts the daemon with the learner team's rulebook on
# SQLite, sends it real Splunk and Opsgenie alerts, and shows who is paged, when and why. Needs no arguments; run it as often as you
# like; it leaves nothing running and nothing behind but build/release.
#
# TOCSIN_BINARY=/path/to/tocsin uses a program that is there already, and installs and builds nothing.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$here"

say() { printf '\n\033[1m%s\033[0m\n' "$*"; }
fail() { printf 'try.sh: %s\n' "$*" >&2; exit 1; }

if [ -n "${TOCSIN_BINARY:-}" ]; then
  tocsin=$TOCSIN_BINARY
else
  deploy/install-packages.sh build try
  say "Building (two to four minutes the first time)"
  cmake --preset release >/dev/null
  cmake --build --preset release
  tocsin=$here/build/release/tocsin
fi
command -v curl >/dev/null || fail "curl is needed: apt-get install curl"

work=$(mktemp -d)
daemon=
stop() { # Also after a failure: nothing is left running.
  if [ -n "$daemon" ]; then
    kill -TERM "$daemon" 2>/dev/null || true
    wait "$daemon" 2>/dev/null || true
  fi
  rm -rf "$work"
}
trap stop EXIT

say "The rulebook: the learner team's, as it is shipped"
"$tocsin" check rules/examples/learner
"$tocsin" test rules/examples/learner | tail -n 3

# The policy waits five minutes before it pages the secondary. Nobody wants to wait for that here: this copy waits seconds, and goes
# without the rulebook's tests, which expect the real times.
cp -r rules/examples/learner "$work/rules"
rm -f "$work/rules/tests.yaml"
sed -i -E 's/after: 5m/after: 3s/; s/after: 10m/after: 30s/; s/after: 1m/after: 20s/' "$work"/rules/*.yaml

umask 077
mkdir -p "$work/secrets" "$work/data"
for name in splunk opsgenie api; do head -c 24 /dev/urandom | od -An -tx1 | tr -d ' \n' > "$work/secrets/$name"; done
cat > "$work/tocsin.yaml" <<YAML
listen: 127.0.0.1:0
data: $work/data
rulebook: $work/rules
sources:
  splunk: { kind: splunk, secret_file: secrets/splunk, secret_in: [bearer, path] }
  opsgenie: { kind: opsgenie, secret_file: secrets/opsgenie, header: X-Tocsin-Secret }
channels:
  log: { kind: log }
api:
  tokens:
    trial: { secret_file: secrets/api }
YAML

say "The daemon: tocsin serve --config tocsin.yaml   (every wait of the policy shortened from minutes to seconds)"
"$tocsin" serve --config "$work/tocsin.yaml" 2> "$work/log" &
daemon=$!

# Waits up to ten seconds for a line of the daemon's log.
until_logged() {
  timeout "${2:-10}" grep -q -m1 -E "$1" <(tail -n +1 -F "$work/log" 2>/dev/null) || { cat "$work/log" >&2; fail "the daemon did not say: $1"; }
}
until_logged 'event=listening'
port=$(sed -n 's/.*event=listening.* port=\([0-9]*\).*/\1/p' "$work/log" | head -n 1)
server=http://127.0.0.1:$port
export TOCSIN_SERVER=$server TOCSIN_TOKEN_FILE=$work/secrets/api
echo "listening on $server; rulebook, database and log are in $work"

say "Who is on call now: tocsin oncall"
"$tocsin" oncall

say "Splunk posts an alert (the secret in the path: Splunk can do no other)"
echo "curl -X POST $server/in/splunk/<secret> --data-binary @rules/examples/learner/samples/lms-5xx.json"
answer=$(curl -sS -X POST "$server/in/splunk/$(cat "$work/secrets/splunk")" -H 'Content-Type: application/json' \
  --data-binary @rules/examples/learner/samples/lms-5xx.json)
echo "$answer"
incident=$(printf '%s' "$answer" | sed -n 's/.*"incident":\([0-9]*\).*/\1/p')
[ -n "$incident" ] || fail "the alert was not accepted"

say "The primary is paged at once; nobody answers; the secondary is paged"
until_logged "event=decided.*incident=$incident .*reason=step_timed_out|event=decided.*reason=step_timed_out.*incident=$incident( |\$)" 20
grep 'event=page ' "$work/log" | sed 's/^/  /' | cut -c1-230
secondary=$(grep 'event=page ' "$work/log" | sed -n 's/.* person=\([^ ]*\) .*/\1/p' | tail -n 1)

say "The secondary answers: tocsin ack $incident --by $secondary"
"$tocsin" ack "$incident" --by "$secondary" | head -n 2

say "Opsgenie tells of another one, and later that it is over"
for sample in opsgenie-p1 opsgenie-p1-close; do
  curl -sS -X POST "$server/in/opsgenie" -H "X-Tocsin-Secret: $(cat "$work/secrets/opsgenie")" -H 'Content-Type: application/json' \
    --data-binary "@rules/examples/learner/samples/$sample.json"
  echo
done

say "It is mended: tocsin resolve $incident --by $secondary"
"$tocsin" resolve "$incident" --by "$secondary" --note "rolled back the deployment" | head -n 1

say "Everything that happened, and why: tocsin incidents $incident"
"$tocsin" incidents "$incident"

say "All incidents: tocsin incidents --state all"
"$tocsin" incidents --state all

say "What Prometheus sees: curl $server/metrics"
curl -sS "$server/metrics" | grep -E '^tocsin_(alerts_accepted_total|page_attempts_total|rule_matches_total|decisions_total)' | grep -v ' 0$' | head -n 20

say "Where to look next: README.md; rules/examples/learner (a rulebook to copy); $tocsin --help"
if [ -t 0 ] && [ -t 1 ]; then
  echo "The daemon still runs: TOCSIN_SERVER=$server TOCSIN_TOKEN_FILE=$work/secrets/api tocsin incidents"
  read -r -p "Press Enter to stop it. "
fi
