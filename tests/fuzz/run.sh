#!/usr/bin/env bash
# Builds the fuzz targets with clang 16, libFuzzer, ASan and UBSan, and runs each for a while; not zero if one found anything.
#   tests/fuzz/run.sh [how long each: seconds, or a number of runs such as 10000000x; default 20] [target...]
# A number of runs is for the long ones: many short inputs, with what makes a single run slow left out of sanitizers and search.
# Corpora grow in build/fuzz/corpus/<target>, findings go to build/fuzz/findings; TOCSIN_FUZZ_DIR puts both elsewhere.
set -euo pipefail
cd "$(dirname "$0")/../.."

long=${1:-20}
shift || true
case $long in
  *x) optimise=-O2
      bound=(-runs="${long%x}" -max_len=1024 -entropic=0 -detect_leaks=0)
      export ASAN_OPTIONS=malloc_context_size=0:quarantine_size_mb=8:max_malloc_fill_size=0 ;;
  *)  optimise=-O1
      bound=(-max_total_time="$long" -max_len=8192) ;;
esac
out=${TOCSIN_FUZZ_DIR:-build/fuzz}

# One line a target: name | folders and files it is built of | libraries | folders of seeds | dictionary
targets=(
  "fuzz_intake | core/base core/model daemon/intake | fmt simdjson date-tz gmime-3.0 gobject-2.0 glib-2.0 | tests/samples/splunk tests/samples/opsgenie_webhook tests/samples/opsgenie_api tests/samples/alertmanager_webhook tests/samples/prometheus_v2_alerts tests/samples/pagerduty_events tests/samples/victorops tests/samples/grafana_webhook tests/samples/splunk_o11y tests/fuzz/mail | json.dict"
  "fuzz_json | core/base core/model daemon/intake | fmt simdjson date-tz gmime-3.0 gobject-2.0 glib-2.0 | tests/samples/splunk tests/samples/opsgenie_webhook tests/samples/opsgenie_api | json.dict"
  "fuzz_rulebook | core/base core/model core/oncall core/engine rules/yaml rules/match rules/calendar rules/language rules/check tests/support/diagnostic_places.cpp | fmt yaml-cpp re2 boost_json date-tz ical | rules/examples/learner tests/golden/rulebook tests/golden/schema | yaml.dict"
  "fuzz_opsgenie_path | core/base core/model core/oncall core/engine core/ports daemon/api/answers.cpp daemon/opsgenie/path.cpp | fmt boost_json date-tz | tests/samples/opsgenie_api | opsgenie.dict"
  "fuzz_sender_paths | core/base core/model rules/match daemon/api/answers.cpp daemon/api/sender_paths.cpp daemon/api/alertmanager_matchers.cpp daemon/api/alertmanager_silence_body.cpp daemon/http/signature.cpp | fmt boost_json date-tz re2 crypto | tests/fuzz/paths | paths.dict"
  "fuzz_opsgenie_search | core/base daemon/opsgenie/search.cpp | fmt date-tz | tests/samples/opsgenie_api | opsgenie.dict"
  "fuzz_opsgenie_body | core/base core/model core/oncall core/engine core/ports daemon/intake daemon/api/answers.cpp daemon/opsgenie/path.cpp daemon/opsgenie/body.cpp | fmt simdjson boost_json date-tz gmime-3.0 gobject-2.0 glib-2.0 | tests/samples/opsgenie_api | json.dict"
  "fuzz_calendar | core/base core/model core/oncall rules/calendar | fmt date-tz ical | tests/golden/calendars tests/golden/rulebook/calendars tests/golden/schema/calendars | ical.dict"
)

compiler=(clang++-16)
if command -v ccache >/dev/null; then compiler=(ccache clang++-16); fi
flags=(-std=c++20 $optimise -g1 -I. -fno-omit-frame-pointer -fsanitize=address,undefined -fno-sanitize-recover=all
       -DUSE_OS_TZDB=1 -DHAS_STRING_VIEW=1 -DONLY_C_LOCALE=1 -DFMT_SHARED
       $(pkg-config --cflags gmime-3.0))

# sources_of PARTS: what a target is built of, a line each. Files of a folder go eight at a time, as in CMakeLists.txt.
sources_of() {
  local part unit files i
  mkdir -p "$out/units"
  for part in $1; do
    if [[ ! -d $part ]]; then
      echo "$part"
      continue
    fi
    files=("$part"/*.cpp)
    for ((i = 0; i < ${#files[@]}; i += 8)); do
      unit=$out/units/${part//\//_}_$((i / 8)).cpp
      printf '#include "%s"\n' "${files[@]:i:8}" >"$unit"
      echo "$unit"
    done
  done
}

object_of() {
  local name=${1#"$out/"}
  echo "$out/objects/${name//\//_}.o"
}

# Reads sources; makes an object with coverage of each, as many at once as there are processors.
compile() {
  mkdir -p "$out/objects"
  while read -r source; do printf '%s\0%s\0' "$(object_of "$source")" "$source"; done |
    xargs -0 -n 2 -P "$(nproc)" "${compiler[@]}" "${flags[@]}" -fsanitize=fuzzer-no-link -c -o
}

link() {
  local source linked=()
  for source in $(sources_of "$2 tests/fuzz/$1.cpp"); do linked+=("$(object_of "$source")"); done
  clang++-16 -fsanitize=fuzzer,address,undefined "${linked[@]}" $(printf -- '-l%s ' $3) -o "$out/$1"
}

wanted=()
for line in "${targets[@]}"; do
  name=${line%% *}
  if (($# == 0)) || [[ " $* " == *" $name "* ]]; then wanted+=("$line"); fi
done

echo "== compiling"
for line in "${wanted[@]}"; do
  IFS='|' read -r name parts _ <<<"$line"
  sources_of "$parts tests/fuzz/${name// /}.cpp"
done | sort -u | compile

failed=0
for line in "${wanted[@]}"; do
  IFS='|' read -r name parts libraries seeds dictionary <<<"$line"
  name=${name// /}
  link "$name" "$parts" "$libraries"
  mkdir -p "$out/corpus/$name" "$out/findings"
  echo "== $name: running $long"
  # Longer inputs than this only make the search slow; the long sample has a unit test.
  # libFuzzer ends with a long list of words that it would add to the dictionary; only its figures are of interest; and libical says
  # on stderr what it does not like.
  if ! "$out/$name" "${bound[@]}" -timeout=5 -rss_limit_mb=2048 -print_final_stats=1 -verbosity=0 \
       -dict="tests/fuzz/${dictionary// /}" -artifact_prefix="$out/findings/$name-" "$out/corpus/$name" $seeds 2>&1 |
       grep -v -e '# Uses:' -e '^\./src/libical/'; then
    failed=1
  fi
done
exit $failed
