// How long `tocsin check` takes for a large rulebook: reading YAML, decoding it, and the whole compilation.
//   rulebook_bench [rules, default 10000] [files, default 50]
#include <fmt/format.h>

#include <chrono>
#include <cstdio>
#include <deque>
#include <string>
#include <vector>

#include "rules/language/decode.hpp"
#include "rules/rulebook.hpp"

namespace {

using namespace tocsin;

constexpr const char* kRoster = R"(people:
  lahore-a: { email: a@example.org, time_zone: Asia/Karachi, paged: [{ via: email }] }
  cambridge-a: { email: b@example.org, time_zone: America/New_York, paged: [{ via: email }] }
schedules:
  primary: { time_zone: America/New_York, layers: [{ people: lahore-a }] }
escalations:
  learner: { steps: [{ page: primary }, { after: 5m, page: cambridge-a }], fallback: cambridge-a }
default_escalation: learner
)";

/// A rule as a team writes it: three conditions, what it sets, a comment now and then.
std::string rule(int number) {
    const auto glob = number % 20 == 0 ? fmt::format("{{ regex: \"^search {}[a-f]+ (failed|late)\" }}", number)
                                       : fmt::format("{{ glob: \"search {}*\" }}", number);
    return fmt::format(
        "  # What the monitoring calls number {0}.\n"
        "  - name: rule number {0}\n"
        "    match:\n"
        "      source: [splunk, opsgenie]\n"
        "      payload.search_name: {1}\n"
        "      payload.result.count: {{ at_least: {2} }}\n"
        "      not: {{ labels.environment: [staging, sandbox] }}\n"
        "    service: service-{3}\n"
        "    severity: high\n"
        "    summary: \"${{payload.result.host}}: ${{payload.result.count:-many}} errors\"\n"
        "    incident: [service, payload.result.host]\n"
        "    resolve_after: 30m\n\n",
        number, glob, number % 97, number % 300);
}

std::vector<RulebookFile> generated(int rules, int files) {
    std::vector<RulebookFile> made{{"a-roster.yaml", kRoster + std::string("services:\n")}};
    for (int i = 0; i < 300; ++i) made.front().text += fmt::format("  service-{}: {{ team: learner }}\n", i);
    for (int i = 0; i < rules; ++i) {
        const auto file = 1U + static_cast<unsigned>(i / (rules / files));
        if (file >= made.size()) made.push_back({fmt::format("team-{:03}.yaml", file), "rules:\n"});
        made.back().text += rule(i);
    }
    return made;
}

template <class Action>
void timed(const char* what, Action action) {
    auto best = std::chrono::steady_clock::duration::max();
    for (int i = 0; i < 5; ++i) {
        const auto begin = std::chrono::steady_clock::now();
        action();
        best = std::min(best, std::chrono::steady_clock::now() - begin);
    }
    fmt::print("{:<32} {:>8.1f} ms\n", what, std::chrono::duration<double, std::milli>(best).count());
}

}  // namespace

int main(int argc, char** argv) {
    const int rules = argc > 1 ? std::stoi(argv[1]) : 10'000;
    const auto files = generated(rules, argc > 2 ? std::stoi(argv[2]) : 50);
    std::size_t bytes = 0;
    for (const auto& file : files) bytes += file.text.size();
    fmt::print("{} rules in {} files, {:.1f} MB; best of 5\n", rules, files.size(), static_cast<double>(bytes) / 1e6);
    timed("read", [&] {
        yaml::Diagnostics diagnostics;
        for (const auto& file : files) (void)yaml::Document::parse(file.path, file.text, diagnostics);
    });
    timed("read, decode", [&] {
        yaml::Diagnostics diagnostics;
        std::deque<yaml::Document> documents;
        language::Written written;
        for (const auto& file : files)
            language::decode(documents.emplace_back(yaml::Document::parse(file.path, file.text, diagnostics)), written);
    });
    timed("read, decode, compile, lint", [&] {
        const auto compiled = compile_rulebook(files, {});
        if (compiled.diagnostics.errors() > 0) fmt::print("{}", compiled.diagnostics.render());
    });
    return 0;
}
