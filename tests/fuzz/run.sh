#!/usr/bin/env bash
# Builds the fuzz targets with clang 16, libFuzzer, ASan and UBSan, and runs each for a while; not zero if one found anything.
#   tests/fuzz/run.sh [seconds each, default 20] [target...]
# Corpora grow in build/fuzz/corpus/<target>, findings go to build/fuzz/findings; TOCSIN_FUZZ_DIR puts both elsewhere.
set -euo pipefail
cd "$(dirname "$0")/../.."

seconds=${1:-20}
shift || true
out=${TOCSIN_FUZZ_DIR:-build/fuzz}

# One line a target: name | folders and files it is built of | libraries | folders of seeds | dictionary
targets=(
  "fuzz_intake | core/base core/model daemon/intake | fmt simdjson date-tz | tests/samples/splunk tests/samples/opsgenie_webhook | json.dict"
  "fuzz_json | core/base core/model daemon/intake | fmt simdjson date-tz | tests/samples/splunk tests/samples/opsgenie_webhook | json.dict"
  "fuzz_rulebook | core/base core/model core/oncall core/engine rules/yaml rules/match rules/calendar rules/language rules/check tests/support/diagnostic_places.cpp | fmt yaml-cpp re2 boost_json date-tz ical | rules/examples/learner tests/golden/rulebook tests/golden/schema | yaml.dict"
  "fuzz_calendar | core/base core/model core/oncall rules/calendar | fmt date-tz ical | tests/golden/calendars tests/golden/rulebook/calendars tests/golden/schema/calendars | ical.dict"
)

compiler=(clang++-16)
if command -v ccache >/dev/null; then compiler=(ccache clang++-16); fi
flags=(-std=c++20 -O2 -g1 -I. -fno-omit-frame-pointer -fsanitize=address,undefined -fno-sanitize-recover=all
       -DUSE_OS_TZDB=1 -DHAS_STRING_VIEW=1 -DONLY_C_LOCALE=1 -DFMT_SHARED)

# compile SOURCE: an object with coverage, made once a run.
declare -A objects
compile() {
  local object="$out/objects/${1//\//_}.o"
  if [[ -z ${objects[$1]:-} ]]; then
    mkdir -p "$out/objects"
    "${compiler[@]}" "${flags[@]}" -fsanitize=fuzzer-no-link -c "$1" -o "$object"
    objects[$1]=$object
  fi
}

build() {
  local name=$1 source linked=()
  for part in $2 "tests/fuzz/$name.cpp"; do
    for source in $(if [[ -d $part ]]; then ls "$part"/*.cpp; else echo "$part"; fi); do
      compile "$source"
      linked+=("${objects[$source]}")
    done
  done
  clang++-16 -fsanitize=fuzzer,address,undefined "${linked[@]}" $(printf -- '-l%s ' $3) -o "$out/$name"
}

failed=0
for line in "${targets[@]}"; do
  IFS='|' read -r name parts libraries seeds dictionary <<<"$line"
  name=${name// /}
  if (($# > 0)) && [[ " $* " != *" $name "* ]]; then continue; fi
  echo "== $name: building"
  build "$name" "$parts" "$libraries"
  mkdir -p "$out/corpus/$name" "$out/findings"
  echo "== $name: running for $seconds s"
  # Longer inputs than this only make the search slow; the long sample has a unit test.
  # libFuzzer ends with a long list of words that it would add to the dictionary; only its figures are of interest.
  if ! "$out/$name" -max_total_time="$seconds" -max_len=8192 -timeout=5 -rss_limit_mb=2048 -print_final_stats=1 -verbosity=0 \
       -dict="tests/fuzz/${dictionary// /}" -artifact_prefix="$out/findings/$name-" "$out/corpus/$name" $seeds 2>&1 |
       grep -v '# Uses:'; then
    failed=1
  fi
done
exit $failed
