// What it costs to know who is on call: a year of one schedule, one instant, and the coverage proof of a hundred schedules.
// Each case is run for a while and the fastest run counts: the machine is shared.
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <fstream>
#include <functional>
#include <string>
#include <vector>

#include "core/oncall/coverage.hpp"
#include "core/oncall/fairness.hpp"
#include "core/oncall/on_call.hpp"
#include "tests/support/calendar.hpp"

namespace {

using namespace tocsin;
using SteadyClock = std::chrono::steady_clock;

constexpr auto kYear = std::chrono::weeks{52};
const TimePoint kFrom = calendar_kit::utc("2026-01-05T01:00:00Z");

double fastest_ms(const std::function<void()>& run) {
    constexpr auto kPatience = std::chrono::seconds{2};
    double fastest = 1e9;
    const auto begin = SteadyClock::now();
    for (int i = 0; i < 3 || SteadyClock::now() - begin < kPatience; ++i) {
        const auto t = SteadyClock::now();
        run();
        fastest = std::min(fastest, std::chrono::duration<double, std::milli>(SteadyClock::now() - t).count());
    }
    return fastest;
}

/// The seed team's rota with all that a schedule may have.
Schedule everything() {
    auto made = calendar_kit::learner_primary();
    for (auto& layer : made.layers) layer.time_zone = calendar_kit::zone("Asia/Karachi");
    Layer feast{"feast", {"x"}, {}, {}};
    feast.on = Layer::Days::Holidays;
    made.layers.push_back(feast);
    for (int i = 0; i < 12; ++i) {
        const auto from = kFrom + std::chrono::days{i * 30};
        made.holidays.push_back({from, from + std::chrono::days{1}});
        made.vacations.push_back({"a", from + std::chrono::days{3}, from + std::chrono::days{10}});
        made.overrides.push_back({"y", from + std::chrono::days{12}, from + std::chrono::days{13}});
    }
    return made;
}

Roster hundred_schedules() {
    Roster roster;
    for (const auto* id : {"a", "b", "c", "x", "y"}) {
        Person person;
        person.id = id;
        person.contacts = {{"push", "log", id}};
        roster.people.emplace(id, person);
    }
    for (int i = 0; i < 100; ++i) {
        auto made = calendar_kit::learner_primary();
        made.id = fmt::format("schedule{}", i);
        roster.schedules.emplace(made.id, made);
    }
    return roster;
}

void report(const std::string& name, double ms, double target_ms) {
    fmt::print("{:<44} {:>9.3f} ms   target {:>7.1f} ms   {}\n", name, ms, target_ms, ms <= target_ms ? "ok" : "MISSED");
    const auto* path = std::getenv("TOCSIN_BENCH_JSON");
    if (path == nullptr) return;
    std::ofstream(path, std::ios::app) << fmt::format(R"({{"bench":"oncall","case":"{}","ms":{:.4f},"target_ms":{}}})", name, ms,
                                                      target_ms)
                                       << "\n";
}

}  // namespace

int main() {
    const auto plain = calendar_kit::learner_primary();
    const auto full = everything();
    const auto roster = hundred_schedules();
    std::size_t found = 0;
    report("shifts of a year, the seed team", fastest_ms([&] { found += oncall::shifts(plain, kFrom, kFrom + kYear).size(); }),
           1.0);
    report("shifts of a year, everything", fastest_ms([&] { found += oncall::shifts(full, kFrom, kFrom + kYear).size(); }), 1.0);
    report("who is on call at 1,000 instants", fastest_ms([&] {
               for (int i = 0; i < 1'000; ++i) found += oncall::crew(full, kFrom + std::chrono::hours{i * 8}).shadows.size();
           }),
           10.0);
    report("fairness of a year", fastest_ms([&] {
               found += oncall::fairness(full, roster, {kFrom, kFrom + kYear}).size();
           }),
           10.0);
    report("coverage of 100 schedules, 52 weeks, 2 roles", fastest_ms([&] {
               oncall::Coverage proof(roster, kFrom, kFrom + kYear);
               for (const auto& [id, schedule] : roster.schedules) {
                   for (const auto role : {Role::Primary, Role::Secondary}) {
                       const std::vector<Target> targets{{Target::Kind::Schedule, id, role}};
                       found += proof.gaps(targets).size();
                   }
               }
           }),
           1'000.0);
    return found == 0 ? 1 : 0;
}
