// What it costs to understand one body, all in (copied, read, alert, fields), and how much of that is reading the JSON.
// cmake --preset bench && cmake --build build/bench --target intake_bench && build/bench/intake_bench
#include <benchmark/benchmark.h>

#include <fstream>
#include <iterator>
#include <string>

#include "daemon/intake/json.hpp"
#include "daemon/intake/parser.hpp"
#include "tests/support/places.hpp"

namespace {

using namespace tocsin;

std::string sample(const std::string& path) {
    std::ifstream file(test::source_path("tests/samples/") + path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

void parse_all_in(benchmark::State& state, const char* kind, const char* path) {
    const auto body = sample(path);
    for (auto turn : state) {
        (void)turn;
        auto parsed = intake::parse(kind, "bench", body);
        if (!parsed) state.SkipWithError("the sample was refused");
        benchmark::DoNotOptimize(parsed);
    }
    state.SetBytesProcessed(static_cast<std::int64_t>(body.size()) * static_cast<std::int64_t>(state.iterations()));
}

void read_json_alone(benchmark::State& state, const char* path) {
    auto body = sample(path);
    intake::JsonReader reader;
    for (auto turn : state) {
        (void)turn;
        if (!reader.read(body)) state.SkipWithError("the sample was refused");
        benchmark::DoNotOptimize(reader.nodes().data());
    }
    state.SetBytesProcessed(static_cast<std::int64_t>(body.size()) * static_cast<std::int64_t>(state.iterations()));
}

constexpr const char* kSudo = "splunk/rt_syslog_sudo.json";
constexpr const char* kCreate = "opsgenie_webhook/create_2024_nonascii_details.json";
constexpr const char* kLong = "splunk/very_long_raw.json";

BENCHMARK_CAPTURE(parse_all_in, splunk_rt_syslog_sudo, "splunk", kSudo);
BENCHMARK_CAPTURE(parse_all_in, opsgenie_create_2024, "opsgenie", kCreate);
BENCHMARK_CAPTURE(parse_all_in, splunk_very_long_raw, "splunk", kLong);
BENCHMARK_CAPTURE(read_json_alone, splunk_rt_syslog_sudo, kSudo);
BENCHMARK_CAPTURE(read_json_alone, opsgenie_create_2024, kCreate);
BENCHMARK_CAPTURE(read_json_alone, splunk_very_long_raw, kLong);

}  // namespace

BENCHMARK_MAIN();
