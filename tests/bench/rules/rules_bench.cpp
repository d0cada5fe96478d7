// What it costs to find the rules for an alert: events/s on one core, compile time and memory, by kind and number of rules.
//
// rules_bench [KIND...] [NUMBER...] prints a table, and a line of JSON for each case to the file that TOCSIN_BENCH_JSON names.
#include <fmt/format.h>
#include <malloc.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstdio>
#include <cstdlib>

#include "daemon/intake/json.hpp"
#include "daemon/intake/json_fields.hpp"
#include "rules/match/plain_rules.hpp"
#include "rules/match/rule_index.hpp"
#include "rules/match/rule_set.hpp"
#include "tests/bench/rules/alerts.hpp"
#include "tests/bench/rules/rules.hpp"

namespace tocsin::bench {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t kAlerts = 10'000;
constexpr auto kAtLeast = std::chrono::milliseconds(250);

/// Figures of one case.
struct Figures {
    double compile_s = 0;
    double index_mib = 0;
    double specs_mib = 0;
    double all_ns = 0;       ///< Every rule that matches, found.
    double first_ns = 0;     ///< The first one only, as classify() does.
    double classify_ns = 0;  ///< The verdict too.
    double whole_ns = 0;     ///< From the body's bytes to the first rule.
    double candidates = 0;   ///< Of an alert, looking for all.
    double matches = 0;
};

double heap_mib() { return static_cast<double>(mallinfo2().uordblks + mallinfo2().hblkhd) / (1 << 20); }

/// Nanoseconds of one call of visit(i), over all alerts again and again.
template <class Visit>
double ns_per_alert(Visit visit) {
    std::size_t count = 0;
    const auto begin = Clock::now();
    auto end = begin;
    while (end - begin < kAtLeast) {
        for (std::size_t i = 0; i < kAlerts; ++i) visit(i);
        count += kAlerts;
        end = Clock::now();
    }
    return static_cast<double>(std::chrono::duration_cast<std::chrono::nanoseconds>(end - begin).count()) /
           static_cast<double>(count);
}

void flatten(intake::JsonReader& reader, std::string& body, Fields& fields) {
    if (!reader.read(body)) std::abort();
    intake::add_payload(reader.root(), fields);
}

class Bench {
public:
    Bench() : bodies_(alert_bodies(kAlerts)) {
        for (auto& body : bodies_) flatten(reader_, body, fields_.emplace_back());
    }

    double flatten_ns() {
        return ns_per_alert([&](std::size_t i) {
            Fields fields;
            flatten(reader_, bodies_[i], fields);
            found_ += fields.size();
        });
    }

    Figures measure(std::string_view kind, std::size_t count) {
        Figures figures;
        const auto before = heap_mib();
        auto specs = rules_of(kind, count);
        figures.specs_mib = heap_mib() - before;
        const auto begin = Clock::now();
        const match::RuleSet rules(std::move(specs));
        figures.compile_s = std::chrono::duration<double>(Clock::now() - begin).count();
        figures.index_mib = heap_mib() - before - figures.specs_mib;
        ask(rules, figures);
        return figures;
    }

    /// Asks the plain evaluator too, and stops the program where it finds other rules.
    void prove(std::string_view kind, std::size_t count, std::size_t alerts) {
        const match::RuleSet rules(rules_of(kind, count));
        const match::PlainRules plain(rules.rules());
        for (std::size_t i = 0; i < alerts; ++i) {
            const auto index_says = rules.classify(fields_[i], Roster{}, TimePoint{}).rule_index;
            if (index_says != plain.classify(fields_[i], Roster{}, TimePoint{}, nullptr).rule_index) std::abort();
        }
    }

private:
    void ask(const match::RuleSet& rules, Figures& figures) {
        std::size_t candidates = 0;
        std::size_t matches = 0;
        for (const auto& fields : fields_) {
            match::RuleSearch search(rules.index(), fields);
            while (search.next()) ++matches;
            candidates += search.candidates();
        }
        figures.candidates = static_cast<double>(candidates) / kAlerts;
        figures.matches = static_cast<double>(matches) / kAlerts;
        figures.all_ns = ns_per_alert([&](std::size_t i) {
            match::RuleSearch search(rules.index(), fields_[i]);
            while (const auto rule = search.next()) found_ += *rule;
        });
        figures.first_ns = ns_per_alert([&](std::size_t i) {
            match::RuleSearch search(rules.index(), fields_[i]);
            found_ += search.next().value_or(0);
        });
        figures.classify_ns =
            ns_per_alert([&](std::size_t i) { found_ += rules.classify(fields_[i], roster_, TimePoint{}).rule.size(); });
        figures.whole_ns = ns_per_alert([&](std::size_t i) {
            Fields fields;
            flatten(reader_, bodies_[i], fields);
            match::RuleSearch search(rules.index(), fields);
            found_ += search.next().value_or(0);
        });
    }

    std::vector<std::string> bodies_;
    std::vector<Fields> fields_;
    intake::JsonReader reader_;
    const Roster roster_;
    std::size_t found_ = 0;  ///< So that nothing is optimised away.
};

constexpr double kSecond = 1e9;

void print(std::string_view kind, std::size_t count, const Figures& f, std::FILE* json) {
    fmt::print("{:<16}{:>8} {:>12.0f} {:>8.0f} {:>9.0f} {:>8.0f} {:>10.4f} {:>9.1f} {:>9.1f} {:>8.1f} {:>8.2f}\n", kind, count,
               kSecond / f.whole_ns, f.first_ns, f.all_ns, f.classify_ns, f.compile_s, f.index_mib, f.specs_mib, f.candidates,
               f.matches);
    std::fflush(stdout);
    if (json == nullptr) return;
    fmt::print(
        json,
        R"({{"bench":"rules","kind":"{}","rules":{},"events_per_s":{:.0f},"first_ns":{:.1f},"all_ns":{:.1f},)"
        R"("classify_ns":{:.1f},"compile_s":{:.5f},"index_mib":{:.2f},"specs_mib":{:.2f},"candidates":{:.2f},"matches":{:.3f}}})"
        "\n",
        kind, count, kSecond / f.whole_ns, f.first_ns, f.all_ns, f.classify_ns, f.compile_s, f.index_mib, f.specs_mib,
        f.candidates, f.matches);
}

int run(int argc, char** argv) {
    std::vector<std::string_view> wanted;
    std::vector<std::size_t> counts;
    for (int i = 1; i < argc; ++i) {
        const std::string_view argument(argv[i]);
        std::size_t count = 0;
        const auto read = std::from_chars(argument.data(), argument.data() + argument.size(), count);
        if (read.ec == std::errc{}) {
            counts.push_back(count);
        } else {
            wanted.push_back(argument);
        }
    }
    if (wanted.empty()) wanted.assign(kinds().begin(), kinds().end());
    if (counts.empty()) counts = {10, 100, 1'000, 10'000, 100'000};
    const auto* path = std::getenv("TOCSIN_BENCH_JSON");
    auto* json = path == nullptr ? nullptr : std::fopen(path, "a");

    Bench bench;
    fmt::print("flattening alone: {:.0f} ns an alert\n", bench.flatten_ns());
    fmt::print("{:<16}{:>8} {:>12} {:>8} {:>9} {:>8} {:>10} {:>9} {:>9} {:>8} {:>8}\n", "kind", "rules", "events/s", "first ns",
               "all ns", "verdict", "compile s", "index MiB", "specs MiB", "asked", "matches");
    for (const auto kind : wanted) {
        bench.prove(kind, 1'000, 200);
        for (const auto count : counts) print(kind, count, bench.measure(kind, count), json);
    }
    if (json != nullptr) std::fclose(json);
    return 0;
}

}  // namespace
}  // namespace tocsin::bench

int main(int argc, char** argv) { return tocsin::bench::run(argc, argv); }
